use freshbooks_stand_in::{
    BillMatches, ExpenseTax, NewBillPayment, NewExpense, NewInvoice, NewLine, NewPayment,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::office::Office;

/// 113.00 of which 13.00 is tax.
fn form() -> NewExpense {
    NewExpense {
        amount: Decimal::from(113),
        category_id: 77,
        vendor: "Hardware Shop".to_owned(),
        tax1: Some(ExpenseTax::new("HST", Decimal::from(13), Decimal::from(13))),
        ..NewExpense::default()
    }
}

async fn expense(office: &Office, id: i64) -> Value {
    let one = office.accounting(&format!("expenses/expenses/{id}")).await;
    one["response"]["result"]["expense"].clone()
}

#[tokio::test]
async fn an_expense_includes_its_tax_which_is_money() {
    let office = Office::open().await;
    let id = office.stand_in.create_expense(&office.account, form());
    let expense = expense(&office, id).await;
    assert_eq!(
        expense["amount"],
        json!({"amount": "113.00", "code": "USD"})
    );
    assert_eq!(
        expense["taxAmount1"],
        json!({"amount": "13.00", "code": "USD"})
    );
    assert_eq!(expense["taxPercent1"], "13");
    assert!(expense["taxName2"].is_null() && expense["taxAmount2"].is_null());
    assert!(expense.get("currency_code").is_none());
    assert_eq!(
        (&expense["expenseid"], &expense["date"]),
        (&id.into(), &"2026-01-05".into())
    );
    assert_eq!(expense["updated"], "2026-01-05 11:02:10");
    assert_eq!(expense["version"], "2026-01-05 11:02:10.123456");
    assert_eq!(expense["bill_matches"], json!([]));
}

#[tokio::test]
async fn the_status_counts_0_1_2_4_as_it_is_billed_on() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let id = stand_in.create_expense(account, form());
    let status = || {
        let expense = stand_in.expense(account, id).unwrap();
        (expense["status"].clone(), expense["invoiceid"].clone())
    };
    assert_eq!(status(), (0.into(), Value::Null));
    stand_in
        .update_expense(account, id, |expense| expense.billable = true)
        .unwrap();
    assert_eq!(status(), (1.into(), Value::Null));
    let line = NewLine {
        expense_id: id,
        ..NewLine::new("Rebilled", Decimal::ONE, Decimal::from(113))
    };
    let invoice = NewInvoice {
        lines: vec![line],
        ..NewInvoice::default()
    };
    let invoice_id = stand_in.create_invoice(account, invoice);
    assert_eq!(status(), (2.into(), invoice_id.into()));
    let invoice = stand_in.invoice(account, invoice_id).unwrap();
    assert_eq!(invoice["lines"][0]["type"], 1);
    stand_in.record_payment(
        account,
        NewPayment {
            invoice_id,
            amount: Decimal::from(113),
            ..NewPayment::default()
        },
    );
    assert_eq!(status(), (4.into(), invoice_id.into()));
}

#[tokio::test]
async fn the_banks_side_of_a_bill_payment_says_so_on_both_sides() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let bill_id = office.bill();
    let payment = NewBillPayment {
        bill_id,
        amount: Decimal::from(113),
        ..NewBillPayment::default()
    };
    let payment = stand_in.record_bill_payment(account, payment);
    let bank = NewExpense {
        bank_account: Some("Chequing".to_owned()),
        potential_bill_payment: true,
        ..form()
    };
    let id = stand_in.create_expense(account, bank);
    let shown = expense(&office, id).await;
    assert_eq!(
        (&shown["potential_bill_payment"], &shown["account_name"]),
        (&true.into(), &"Chequing".into())
    );
    stand_in.match_expense(account, id, payment).unwrap();
    assert_eq!(expense(&office, id).await["bill_matches"], json!([payment]));
    let paid = stand_in.bill_payment(account, payment).unwrap();
    assert_eq!(paid["matched_with_expense"], true);
    stand_in.set_quirks(account, |quirks| quirks.bill_matches = BillMatches::Objects);
    assert_eq!(
        expense(&office, id).await["bill_matches"],
        json!([{"bill_payment_id": payment, "billid": bill_id}])
    );
}

#[tokio::test]
async fn expenses_are_filtered_by_what_is_documented_and_not_by_status() {
    let office = Office::open().await;
    office.stand_in.create_expense(&office.account, form());
    for (query, expected) in [
        ("search[vendor]=Hardware+Shop", 1),
        ("search[vendor]=Hardware", 0),
        ("search[categoryids][]=77", 1),
        ("search[categoryid]=78", 0),
        ("search[clientid_not]=0", 0),
        ("search[has_receipt]=true", 0),
        ("search[amount_min]=113.01", 0),
        ("search[amount_max]=113.01", 1),
        ("search[date_max]=2026-01-05", 0),
        ("search[updated_min]=2026-01-05", 1),
        ("search[updated_min]=2026-01-06", 0),
        ("search[status]=4", 1),
        ("search[vis_state]=1", 0),
    ] {
        let total = office.total(&format!("expenses/expenses?{query}")).await;
        assert_eq!(total, expected, "{query}");
    }
}

#[tokio::test]
async fn expenses_announce_themselves_and_stay_when_deleted() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    stand_in.register_callback(account, "expense", "http://hooks.example/1", "Vr7k");
    let id = stand_in.create_expense(account, form());
    stand_in.delete_expense(account, id).unwrap();
    assert_eq!(expense(&office, id).await["vis_state"], 1);
    let bodies: Vec<_> = stand_in
        .pending()
        .into_iter()
        .map(|sent| sent.body)
        .collect();
    let begins =
        |at: usize, name: &str| bodies[at].starts_with(&format!("name={name}&object_id={id}&"));
    assert_eq!(bodies.len(), 2);
    assert!(
        begins(0, "expense.create") && begins(1, "expense.delete"),
        "{bodies:?}"
    );
}
