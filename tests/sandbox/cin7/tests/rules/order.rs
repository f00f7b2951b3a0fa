//! `/sale/order` and the rules of lines.

use crate::bench::{Bench, LINE, order, with, without};

#[tokio::test]
async fn an_authorised_order_makes_the_sale_ordered() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    let answer = bench.make("sale/order", &order(&sale, LINE)).await;
    assert_eq!(answer.at("/Status"), "AUTHORISED");
    assert_eq!(answer.at("/TotalBeforeTax"), "300.0");
    assert_eq!(answer.at("/Total"), "330.0");
    assert_eq!(
        bench.get(&format!("sale/order?SaleID={sale}")).await.text,
        answer.text
    );
    assert_eq!(
        bench.get(&format!("sale?ID={sale}")).await.at("/Status"),
        "ORDERED"
    );
}

#[tokio::test]
async fn a_draft_order_is_overwritten_by_the_next_and_an_authorised_one_is_not() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    let draft = with(
        &order(&sale, &format!("{LINE}, {LINE}")),
        r#"{"Status": "DRAFT"}"#,
    );
    bench.make("sale/order", &draft).await;
    assert_eq!(
        bench.get(&format!("sale?ID={sale}")).await.at("/Status"),
        "ORDERING"
    );
    bench.make("sale/order", &order(&sale, LINE)).await;
    assert_eq!(bench.stored(&sale).order.lines.len(), 1);
    let answer = bench.post("sale/order", &order(&sale, LINE)).await;
    answer.assert_refused("Order status must be DRAFT or NOT AVAILABLE");
}

#[tokio::test]
async fn every_required_attribute_is_asked_for_though_the_memo_may_be_empty() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    for name in [
        "SaleID",
        "CombineAdditionalCharges",
        "Memo",
        "Status",
        "Lines",
    ] {
        let answer = bench
            .post("sale/order", &without(&order(&sale, LINE), name))
            .await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
}

#[tokio::test]
async fn an_order_without_combine_additional_charges_passes_where_the_quirk_says_so() {
    let bench =
        Bench::quirky(|quirks| quirks.order_requires_combine_additional_charges = false).await;
    let sale = bench.sale().await;
    bench
        .make(
            "sale/order",
            &without(&order(&sale, LINE), "CombineAdditionalCharges"),
        )
        .await;
}

#[tokio::test]
async fn every_required_attribute_of_a_line_is_asked_for() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    for name in ["Name", "Quantity", "Price", "Tax", "TaxRule"] {
        let answer = bench
            .post("sale/order", &order(&sale, &without(LINE, name)))
            .await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
    let answer = bench
        .post("sale/order", &order(&sale, &without(LINE, "SKU")))
        .await;
    answer.assert_refused("Required attribute ProductID or SKU is not provided.");
    bench
        .make("sale/order", &order(&sale, &without(LINE, "Total")))
        .await;
}

#[tokio::test]
async fn a_line_that_breaks_a_rule_is_refused() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    for (change, sentence) in [
        (
            r#"{"SKU": "NOPE"}"#,
            "Product with SKU 'NOPE' was not found",
        ),
        (r#"{"TaxRule": "Nope"}"#, "Tax rule 'Nope' was not found"),
        (
            r#"{"Price": 1.00001}"#,
            "Attribute Price has more than 4 decimal places.",
        ),
        (
            r#"{"Discount": 1.001}"#,
            "Attribute Discount has more than 2 decimal places.",
        ),
        (
            r#"{"Discount": 100.01}"#,
            "Discount must be between 0 and 100.",
        ),
        (
            r#"{"Quantity": 0.5}"#,
            "Quantity must be a whole number of at least 1.",
        ),
        (
            r#"{"Quantity": 1.5}"#,
            "Quantity must be a whole number of at least 1.",
        ),
        (
            r#"{"Quantity": 0}"#,
            "Quantity must be a whole number of at least 1.",
        ),
        (
            r#"{"Quantity": -1}"#,
            "Quantity and Price must not be negative.",
        ),
        (
            r#"{"Price": -1}"#,
            "Quantity and Price must not be negative.",
        ),
        (
            r#"{"Price": 1000000000001}"#,
            "Attribute Price is too large.",
        ),
    ] {
        bench
            .post("sale/order", &order(&sale, &with(LINE, change)))
            .await
            .assert_refused(sentence);
    }
}

#[tokio::test]
async fn a_line_total_is_validated_without_tax_and_the_expected_value_is_told() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    let line = with(
        LINE,
        r#"{"Quantity": 3, "Price": 33.3333, "Discount": 10, "Total": 99.99}"#,
    );
    bench.post("sale/order", &order(&sale, &line)).await.assert_refused(
        "attribute 'Total' doesn't match Quantity, Price and Discount. Expected value is: 90.00",
    );
    bench
        .make(
            "sale/order",
            &order(&sale, &with(&line, r#"{"Total": 90}"#)),
        )
        .await;
    assert_eq!(
        bench.stored(&sale).order.lines[0].total.to_string(),
        "90.00"
    );
}

#[tokio::test]
async fn a_half_cent_of_a_line_total_is_rounded_up() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    let line = with(LINE, r#"{"Quantity": 1, "Price": 1.005, "Total": 1.01}"#);
    bench.make("sale/order", &order(&sale, &line)).await;
}

#[tokio::test]
async fn the_total_with_tax_and_a_tolerance_are_quirks() {
    let bench = Bench::quirky(|quirks| {
        quirks.line_total_includes_tax = true;
        quirks.line_total_tolerance = "0.01".parse().unwrap();
    })
    .await;
    let sale = bench.sale().await;
    let answer = bench.post("sale/order", &order(&sale, LINE)).await;
    assert!(
        answer.errors()[0].ends_with("Expected value is: 330.0"),
        "{}",
        answer.text
    );
    bench
        .make(
            "sale/order",
            &order(&sale, &with(LINE, r#"{"Total": 329.99}"#)),
        )
        .await;
}

#[tokio::test]
async fn fractions_negatives_and_a_missing_price_pass_where_the_quirks_say_so() {
    let bench = Bench::quirky(|quirks| {
        quirks.accepts_fractional_quantity = true;
        quirks.accepts_negative_amounts = true;
        quirks.missing_price_is_zero = true;
    })
    .await;
    let sale = bench.sale().await;
    let lines = [
        with(LINE, r#"{"Quantity": 0.5, "Total": 75}"#),
        with(LINE, r#"{"Price": -1, "Total": -2}"#),
        with(LINE, r#"{"Price": null, "Total": 0}"#),
    ];
    bench
        .make("sale/order", &order(&sale, &lines.join(",")))
        .await;
}

#[tokio::test]
async fn tax_is_trusted_unless_the_quirk_recomputes_it() {
    let bench = Bench::start().await;
    let odd_tax = with(LINE, r#"{"Tax": 29.9999}"#);
    let trusted = bench.sale().await;
    bench.make("sale/order", &order(&trusted, &odd_tax)).await;
    assert_eq!(
        bench.stored(&trusted).order.lines[0].tax.to_string(),
        "29.9999"
    );
    bench
        .stand_in
        .change_account(&bench.keys, |account| account.quirks.recomputes_tax = true);
    let recomputed = bench.sale().await;
    bench
        .make("sale/order", &order(&recomputed, &odd_tax))
        .await;
    assert_eq!(bench.stored(&recomputed).order.lines[0].tax, 30.into());
}

#[tokio::test]
async fn an_additional_charge_has_to_name_a_service_product_unless_the_quirk_says_otherwise() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    let charge = |name: &str| {
        let charge = format!(
            r#"{{"Description": "{name}", "Price": 5, "Quantity": 1, "Tax": 0, "TaxRule": "Tax Exempt"}}"#
        );
        with(
            &order(&sale, LINE),
            &format!(r#"{{"Status": "DRAFT", "AdditionalCharges": [{charge}]}}"#),
        )
    };
    bench.make("sale/order", &charge("imported service")).await;
    let answer = bench.post("sale/order", &charge("Freight")).await;
    answer.assert_refused("Service product 'Freight' was not found");
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.accepts_unknown_charges = true
    });
    assert_eq!(
        bench
            .make("sale/order", &charge("Freight"))
            .await
            .at("/Total"),
        "335.0"
    );
}

#[tokio::test]
async fn an_order_of_a_customer_on_credit_hold_is_not_authorised() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    let customer = bench.stored(&sale).header.customer_id;
    bench
        .put(
            "customer",
            &format!(r#"{{"ID": "{customer}", "IsOnCreditHold": true}}"#),
        )
        .await;
    bench
        .post("sale/order", &order(&sale, LINE))
        .await
        .assert_refused("Customer is on credit hold");
}
