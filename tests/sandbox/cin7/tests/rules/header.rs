//! `/sale`.

use cin7_stand_in::{DocumentStatus, SaleType};

use crate::bench::{Bench, CUSTOMER, LINE, SALE, invoice, order, payment, with, without};

#[tokio::test]
async fn a_new_sale_without_a_quote_is_estimated() {
    let bench = Bench::start().await;
    bench.make("customer", CUSTOMER).await;
    let answer = bench.make("sale", SALE).await;
    assert_eq!(answer.at("/Status"), "ESTIMATED");
    assert_eq!(answer.at("/Type"), "Simple Sale");
    assert_eq!(answer.at("/Order/SaleOrderNumber"), "SO-00001");
    assert_eq!(answer.at("/Order/Status"), "NOT AVAILABLE");
    assert_eq!(answer.at("/Terms"), "30 days");
    assert_eq!(answer.at("/SaleOrderDate"), "2026-03-01T00:00:00");
    assert_eq!(answer.at("/LastModifiedOn"), "2026-03-10T09:00:00.0000000Z");
    let id = answer.at("/ID");
    assert_eq!(bench.get(&format!("sale?ID={id}")).await.text, answer.text);
}

#[tokio::test]
async fn a_sale_with_a_quote_waits_for_it() {
    let bench = Bench::start().await;
    let sale = bench.sale_with(r#"{"SkipQuote": false}"#).await;
    assert_eq!(
        bench.get(&format!("sale?ID={sale}")).await.at("/Status"),
        "ESTIMATING"
    );
    bench
        .post("sale/order", &order(&sale, LINE))
        .await
        .assert_refused("Quote status must be AUTHORISED");
}

#[tokio::test]
async fn a_sale_needs_a_customer_and_a_location() {
    let bench = Bench::start().await;
    bench.make("customer", CUSTOMER).await;
    for name in ["Customer", "Location"] {
        let answer = bench.post("sale", &without(SALE, name)).await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
}

#[tokio::test]
async fn what_a_sale_refers_to_has_to_exist_and_to_fit() {
    let bench = Bench::start().await;
    bench.make("customer", CUSTOMER).await;
    for (change, sentence) in [
        (r#"{"Customer": "Nobody"}"#, "Customer was not found"),
        (
            r#"{"Location": "Nowhere"}"#,
            "Location 'Nowhere' was not found",
        ),
        (
            r#"{"Location": "Old Warehouse"}"#,
            "Location 'Old Warehouse' was not found",
        ),
        (
            r#"{"Terms": "60 days"}"#,
            "Active payment term with name 60 days was not found in Payment Terms reference book",
        ),
        (r#"{"TaxRule": "Nope"}"#, "Tax rule 'Nope' was not found"),
        (
            r#"{"DefaultAccount": "400"}"#,
            "Revenue account '400' was not found",
        ),
        (
            r#"{"SaleType": "Odd"}"#,
            "SaleType must be Simple or Advanced.",
        ),
        (
            r#"{"SalesRepresentative": "X"}"#,
            "Sales representative 'X' was not found",
        ),
        (
            r#"{"CurrencyRate": 1.000001}"#,
            "Attribute CurrencyRate has more than 5 decimal places.",
        ),
    ] {
        bench
            .post("sale", &with(SALE, change))
            .await
            .assert_refused(sentence);
    }
    assert!(bench.stand_in.sales(&bench.keys).is_empty());
}

#[tokio::test]
async fn a_text_that_is_too_long_is_refused() {
    let bench = Bench::start().await;
    bench.make("customer", CUSTOMER).await;
    let long = format!(r#"{{"ExternalID": "{}"}}"#, "x".repeat(257));
    let answer = bench.post("sale", &with(SALE, &long)).await;
    answer.assert_refused("Attribute ExternalID is longer than 256 characters.");
}

#[tokio::test]
async fn a_customer_by_name_is_matched_loosely() {
    let bench = Bench::start().await;
    bench.make("customer", CUSTOMER).await;
    let answer = bench
        .make("sale", &with(SALE, r#"{"Customer": "acme"}"#))
        .await;
    assert_eq!(answer.at("/Customer"), "Acme LLC");
}

#[tokio::test]
async fn a_foreign_customer_needs_a_rate() {
    let bench = Bench::start().await;
    bench
        .make("customer", &with(CUSTOMER, r#"{"Currency": "EUR"}"#))
        .await;
    let answer = bench.post("sale", SALE).await;
    answer.assert_refused("Required attribute CurrencyRate is not provided.");
    let answer = bench
        .make("sale", &with(SALE, r#"{"CurrencyRate": 1.08}"#))
        .await;
    assert_eq!(answer.at("/CurrencyRate"), "1.08");
    assert_eq!(answer.at("/CustomerCurrency"), "EUR");
}

#[tokio::test]
async fn an_id_and_lines_in_a_header_are_dropped_without_a_word() {
    let bench = Bench::start().await;
    let sent = "00000000-0000-4000-8000-000000000001";
    let change =
        format!(r#"{{"ID": "{sent}", "Lines": [{LINE}], "Order": {{"Lines": [{LINE}]}}}}"#);
    let sale = bench.sale_with(&change).await;
    assert_ne!(sale, sent);
    assert!(bench.stored(&sale).order.lines.is_empty());
}

#[tokio::test]
async fn two_sales_may_carry_one_external_id() {
    let bench = Bench::start().await;
    let first = bench.sale().await;
    let second = bench.sale().await;
    assert_ne!(first, second);
    assert_eq!(
        bench.stored(&first).header.external_id,
        bench.stored(&second).header.external_id
    );
}

#[tokio::test]
async fn a_header_is_changed_in_part_and_cleared_by_an_empty_text() {
    let bench = Bench::start().await;
    let sale = bench.sale().await;
    let change = format!(r#"{{"ID": "{sale}", "Note": "changed", "CustomerReference": ""}}"#);
    let answer = bench.put("sale", &change).await;
    assert_eq!(answer.at("/Note"), "changed");
    assert_eq!(answer.at("/CustomerReference"), "");
    assert_eq!(answer.at("/ExternalID"), "freshbooks:AbC123:invoice:987654");
    bench
        .put("sale", r#"{"Note": "x"}"#)
        .await
        .assert_refused("Sale with specified ID not found");
}

#[tokio::test]
async fn an_unknown_shipping_street_is_added_to_the_customer() {
    let bench = Bench::start().await;
    let address = r#"{"Line1": "1 Main St", "Country": "United States"}"#;
    bench
        .sale_with(&format!(r#"{{"ShippingAddress": {address}}}"#))
        .await;
    bench
        .sale_with(&format!(r#"{{"ShippingAddress": {address}}}"#))
        .await;
    let customer = bench.stand_in.customers(&bench.keys).remove(0);
    assert_eq!(customer.addresses.len(), 1);
    assert_eq!(customer.addresses[0].line1, "1 Main St");
}

#[tokio::test]
async fn undoing_a_sale_makes_its_documents_drafts_again() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    let answer = bench.delete(&format!("sale?ID={sale}&Void=false")).await;
    assert_eq!(answer.at("/Status"), "ORDERING");
    assert_eq!(answer.at("/Order/Status"), "DRAFT");
    assert_eq!(answer.at("/Invoices/0/Status"), "DRAFT");
    bench.make("sale/order", &order(&sale, LINE)).await;
    let number = bench
        .make("sale/invoice", &invoice(&sale, LINE))
        .await
        .at("/Invoices/0/InvoiceNumber");
    assert_eq!(number, "INV-00001");
}

#[tokio::test]
async fn a_voided_sale_stays_and_can_no_longer_be_changed() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    let answer = bench.delete(&format!("sale?ID={sale}&Void=true")).await;
    assert_eq!(answer.at("/Status"), "VOIDED");
    assert_eq!(
        bench.stored(&sale).invoices[0].status,
        DocumentStatus::Voided
    );
    let answer = bench.post("sale/order", &order(&sale, LINE)).await;
    answer.assert_refused("Order status must be DRAFT or NOT AVAILABLE");
    let answer = bench.delete(&format!("sale?ID={sale}&Void=true")).await;
    answer.assert_refused("Sale is already VOIDED");
}

#[tokio::test]
async fn a_sale_that_cannot_be_undone_by_quirk_can_still_be_voided() {
    let bench = Bench::start().await;
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.refuses_sale_undo = true
    });
    let sale = bench.invoiced().await;
    let answer = bench.delete(&format!("sale?ID={sale}&Void=false")).await;
    answer.assert_refused("Sale cannot be undone");
    assert_eq!(
        bench.stored(&sale).invoices[0].status,
        DocumentStatus::Authorised
    );
    let answer = bench.delete(&format!("sale?ID={sale}&Void=true")).await;
    assert_eq!(answer.at("/Status"), "VOIDED");
}

#[tokio::test]
async fn a_paid_sale_is_not_undone_unless_the_quirk_says_so() {
    let bench = Bench::start().await;
    let sale = bench.invoiced().await;
    bench.make("sale/payment", &payment(&sale, "330.00")).await;
    let path = format!("sale?ID={sale}&Void=true");
    bench
        .delete(&path)
        .await
        .assert_refused("Sale has payments and cannot be undone or voided");
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.undoes_paid_documents = true
    });
    assert_eq!(bench.delete(&path).await.at("/Status"), "VOIDED");
}

#[tokio::test]
async fn an_unknown_sale_is_an_error() {
    let bench = Bench::start().await;
    let answer = bench
        .get("sale?ID=00000000-0000-4000-8000-000000000001")
        .await;
    answer.assert_refused("Sale with specified ID not found");
    bench
        .get("sale")
        .await
        .assert_refused("Required parameter ID is not provided.");
}

#[tokio::test]
async fn the_default_sale_type_and_service_only_are_quirks() {
    let bench = Bench::start().await;
    let plain = bench
        .sale_with(r#"{"SaleType": null, "ServiceOnly": true}"#)
        .await;
    assert_eq!(bench.stored(&plain).sale_type, SaleType::Simple);
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.advanced_by_default = true;
        account.quirks.honours_service_only = true;
    });
    let advanced = bench.sale_with(r#"{"SaleType": null}"#).await;
    assert_eq!(bench.stored(&advanced).sale_type, SaleType::Advanced);
    let service = bench.sale_with(r#"{"ServiceOnly": true}"#).await;
    bench.make("sale/invoice", &invoice(&service, LINE)).await;
    assert_eq!(bench.stored(&service).sale_type, SaleType::Service);
}
