use freshbooks_stand_in::{NewItem, NewPayment, NewTax};
use rust_decimal::Decimal;

use super::office::{Office, rows};

#[tokio::test]
async fn a_payment_has_a_logid_and_the_client_and_currency_of_its_invoice() {
    let office = Office::open().await;
    let invoice_id = office.invoice();
    let id = office.stand_in.record_payment(
        &office.account,
        NewPayment {
            invoice_id,
            amount: "101.7".parse().unwrap(),
            payment_type: "Check".to_owned(),
            note: "thanks".to_owned(),
            ..NewPayment::default()
        },
    );
    let one = office.accounting(&format!("payments/payments/{id}")).await;
    let payment = &one["response"]["result"]["payment"];
    assert_eq!(
        (&payment["id"], &payment["logid"]),
        (&id.into(), &id.into())
    );
    assert_eq!(payment["clientid"], 1001);
    assert_eq!(
        payment["amount"],
        serde_json::json!({"amount": "101.70", "code": "USD"})
    );
    assert_eq!(
        (&payment["date"], &payment["type"]),
        (&"2026-01-05".into(), &"Check".into())
    );
    // The field is `note` and the filter `notes`.
    for (query, expected) in [
        ("search[note]=no", 1),
        ("search[notes]=no", 0),
        ("search[client_name]=client", 1),
        ("search[number]=0000002", 0),
        ("search[payment_or_credit]=credit", 0),
        ("search[amount_min]=101.71", 0),
        ("search[clientids][]=1001", 1),
    ] {
        let list = office
            .accounting(&format!("payments/payments?{query}"))
            .await;
        assert_eq!(rows(&list, "payments").len(), expected, "{query}");
    }
}

#[tokio::test]
async fn an_applied_credit_says_that_it_brings_no_new_money() {
    let office = Office::open().await;
    let invoice_id = office.invoice();
    let id = office.stand_in.record_payment(
        &office.account,
        NewPayment {
            invoice_id,
            amount: Decimal::TEN,
            credit_id: Some(9),
            ..NewPayment::default()
        },
    );
    let payment = office.stand_in.payment(&office.account, id).unwrap();
    assert_eq!(
        (&payment["from_credit"], &payment["type"]),
        (&true.into(), &"Credit".into())
    );
}

#[tokio::test]
async fn a_deleted_payment_stays_with_its_amount_and_a_deleted_tax_is_gone() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let invoice_id = office.invoice();
    let amount = Decimal::TEN;
    let paid = stand_in.record_payment(
        account,
        NewPayment {
            invoice_id,
            amount,
            ..NewPayment::default()
        },
    );
    stand_in.delete_payment(account, paid).unwrap();
    let one = office
        .accounting(&format!("payments/payments/{paid}"))
        .await;
    assert_eq!(one["response"]["result"]["payment"]["vis_state"], 1);
    assert_eq!(
        one["response"]["result"]["payment"]["amount"]["amount"],
        "10.00"
    );

    let rate = "9.975".parse().unwrap();
    let tax = NewTax {
        name: "QST".to_owned(),
        rate,
        ..NewTax::default()
    };
    let tax = stand_in.create_tax(account, tax);
    let one = office.accounting(&format!("taxes/taxes/{tax}")).await;
    assert_eq!(one["response"]["result"]["tax"]["amount"], "9.975");
    stand_in.delete_tax(account, tax).unwrap();
    let one = office.accounting(&format!("taxes/taxes/{tax}")).await;
    assert_eq!(one["response"]["errors"][0]["errno"], 1012);
}

#[tokio::test]
async fn an_item_is_found_by_its_exact_sku_and_may_have_none() {
    let office = Office::open().await;
    let unit_cost = "0.125".parse().unwrap();
    for sku in [Some("W-1".to_owned()), Some("W-10".to_owned()), None] {
        let item = NewItem {
            name: "Widget".to_owned(),
            sku,
            unit_cost,
            ..NewItem::default()
        };
        office.stand_in.create_item(&office.account, item);
    }
    let found = office.accounting("items/items?search[sku]=W-1").await;
    assert_eq!(rows(&found, "items").len(), 1);
    assert_eq!(rows(&found, "items")[0]["unit_cost"]["amount"], "0.125");
    let all = office.accounting("items/items").await;
    assert!(
        rows(&all, "items")[0].get("sku").is_none(),
        "newest first: the one without"
    );
}
