//! `/moneyOperation` and `/moneyTaskList`.

use cin7_stand_in::{Completion, LedgerStatus, MoneyOperation};

use crate::bench::{Bench, CUSTOMER, with, without};
use crate::bills::SUPPLIER;

const SPEND: &str = r#"{"TaskType": "Spend Money", "Status": "COMPLETED", "BankAccount": "090",
    "Date": "2026-03-04T00:00:00", "Reference": "freshbooks:AbC123:expense:77", "TaxInclusive": false,
    "Lines": [{"Name": "Fuel", "Comment": "", "Quantity": 1, "Price": 50.0, "Discount": 0, "Tax": 5.0,
    "TaxRuleName": "Tax on Purchases", "AccountCode": "420", "Total": 50.0}]}"#;

const PATH: &str = "moneyOperation";

fn line(change: &str) -> String {
    let line = r#"{"Name": "Fuel", "Quantity": 1, "Price": 50, "Tax": 5, "Total": 50,
        "TaxRuleName": "Tax on Purchases", "AccountCode": "420"}"#;
    format!(r#"{{"Lines": [{}]}}"#, with(line, change))
}

#[tokio::test]
async fn spent_money_is_answered_bare_with_the_entries_it_made() {
    let bench = Bench::start().await;
    let answer = bench.make(PATH, SPEND).await;
    assert_eq!(answer.at("/Status"), "COMPLETED");
    assert_eq!(answer.at("/SupplierCustomer"), "");
    assert_eq!(answer.at("/Lines/0/AccountCode"), "420");
    for (pointer, value) in [
        ("/Transactions/0/Debit", "420"),
        ("/Transactions/0/Credit", "090"),
        ("/Transactions/0/Amount", "50.0"),
        ("/Transactions/1/Debit", "820"),
        ("/Transactions/1/Amount", "5.0"),
    ] {
        assert_eq!(answer.at(pointer), value, "{pointer}");
    }
    let id = answer.at("/TaskID");
    let read = bench.get(&format!("{PATH}?TaskID={id}")).await;
    assert_eq!(read.text, answer.text);
}

#[tokio::test]
async fn the_list_is_searched_by_reference_amount_and_account() {
    let bench = Bench::start().await;
    let id = bench
        .make("supplier", SUPPLIER)
        .await
        .at("/SupplierList/0/ID");
    bench.make(PATH, SPEND).await;
    let with_supplier = format!(r#"{{"SupplierID": "{id}", "Reference": "other"}}"#);
    bench.make(PATH, &with(SPEND, &with_supplier)).await;
    for (filter, total) in [
        ("Search=expense:77", "1"),
        ("Search=paper mill", "1"),
        ("Search=090", "2"),
        ("Search=55.0", "2"),
        ("TaskType=spend money", "2"),
        ("TaskType=Receive Money", "0"),
        ("Status=DRAFT", "0"),
        ("UpdatedSince=2030-01-01", "2"),
    ] {
        let found = bench.get(&format!("moneyTaskList?{filter}")).await;
        assert_eq!(found.at("/Total"), total, "{filter}");
    }
    let row = bench.get("moneyTaskList?Search=expense:77").await;
    assert_eq!(row.at("/MoneyTasks/0/TotalAmount"), "55.0");
    bench.stand_in.change_account(&bench.keys, |account| {
        account.quirks.ledger.money_list_leaves_tax_out = true;
    });
    let row = bench.get("moneyTaskList?Search=expense:77").await;
    assert_eq!(row.at("/MoneyTasks/0/TotalAmount"), "50.0");
}

#[tokio::test]
async fn an_operation_that_breaks_a_rule_is_refused() {
    let bench = Bench::start().await;
    let customer = bench
        .make("customer", CUSTOMER)
        .await
        .at("/CustomerList/0/ID");
    let supplier = bench
        .make("supplier", SUPPLIER)
        .await
        .at("/SupplierList/0/ID");
    for name in ["TaskType", "Status", "BankAccount", "Date"] {
        let answer = bench.post(PATH, &without(SPEND, name)).await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
    for name in ["Name", "Quantity", "Total", "TaxRuleName", "AccountCode"] {
        let lines = line(&format!(r#"{{"{name}": null}}"#));
        let answer = bench.post(PATH, &with(SPEND, &lines)).await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
    let both = format!(r#"{{"SupplierID": "{supplier}", "CustomerID": "{customer}"}}"#);
    for (change, sentence) in [
        (
            both,
            "SupplierID and CustomerID cannot be specified together",
        ),
        (
            r#"{"TaskType": "Transfer Money"}"#.to_owned(),
            "TaskType must be Spend Money or Receive Money.",
        ),
        (
            r#"{"BankAccount": "01-0000-090"}"#.to_owned(),
            "Bank account '01-0000-090' was not found",
        ),
        (
            r#"{"Lines": []}"#.to_owned(),
            "Money task without lines cannot be completed",
        ),
        (
            line(r#"{"Total": 55}"#),
            "attribute 'Total' doesn't match Quantity, Price and Discount. Expected value is: 50",
        ),
        (
            line(r#"{"TaxRuleName": "Tax on Sales"}"#),
            "Tax rule 'Tax on Sales' was not found",
        ),
        (
            line(r#"{"AccountCode": "nope"}"#),
            "Account 'nope' was not found",
        ),
    ] {
        let answer = bench.post(PATH, &with(SPEND, &change)).await;
        answer.assert_refused(sentence);
    }
}

#[tokio::test]
async fn bank_numbers_the_tables_names_and_drafts_are_quirks() {
    let bench = Bench::quirky(|quirks| {
        quirks.ledger.bank_account_by_number = true;
        quirks.ledger.money_lines_named_by_the_table = true;
        quirks.ledger.money_completion = Completion::AsDraft;
    })
    .await;
    let answer = bench.post(PATH, SPEND).await;
    answer.assert_refused("Bank account '090' was not found");
    let by_number = with(SPEND, r#"{"BankAccount": "01-0000-090"}"#);
    let answer = bench.post(PATH, &by_number).await;
    assert_eq!(
        answer.errors(),
        [
            "Required attribute TaxRule is not provided.",
            "Required attribute Account is not provided."
        ]
    );
    let named = line(r#"{"TaxRule": "Tax on Purchases", "Account": "420"}"#);
    let body = with(&by_number, &named);
    let answer = bench.make(PATH, &body).await;
    assert_eq!(answer.at("/Status"), "DRAFT");
    assert_eq!(answer.at("/Transactions"), "[]");
    let id = answer.at("/TaskID");
    let answer = bench
        .put(PATH, &with(&body, &format!(r#"{{"TaskID": "{id}"}}"#)))
        .await;
    assert_eq!(answer.at("/Status"), "COMPLETED");
    assert_eq!(answer.at("/Lines/0/Account"), "420");
}

#[tokio::test]
async fn received_money_is_taxed_as_a_sale_and_a_rate_left_out_is_cin7s_own() {
    let bench = Bench::start().await;
    let change = r#"{"TaskType": "Receive Money", "BankAccount": "091", "Lines": [{"Name": "Interest",
        "Quantity": 1, "Price": 10, "Tax": 1, "Total": 10, "TaxRuleName": "Tax on Sales",
        "AccountCode": "260"}]}"#;
    let answer = bench.make(PATH, &with(SPEND, change)).await;
    assert_eq!(answer.at("/CurrencyConversionRate"), "1.2345");
    assert_eq!(answer.at("/Transactions/0/Debit"), "091");
    assert_eq!(answer.at("/Transactions/0/Amount"), "12.345");
}

#[tokio::test]
async fn an_operation_is_undone_and_voided_and_a_person_may_change_it() {
    let bench = Bench::start().await;
    let id = bench.make(PATH, SPEND).await.at("/TaskID");
    let undone = bench.delete(&format!("{PATH}?ID={id}")).await;
    assert_eq!(undone.at("/Status"), "DRAFT");
    let voided = bench.delete(&format!("{PATH}?ID={id}&Void=true")).await;
    assert_eq!(voided.at("/Status"), "VOIDED");
    let again = bench.delete(&format!("{PATH}?ID={id}&Void=true")).await;
    again.assert_refused("Money task is already VOIDED");
    let task_id = bench.stand_in.money_operations(&bench.keys)[0].task_id;
    let revive = |it: &mut MoneyOperation| it.status = LedgerStatus::Completed;
    let stand_in = &bench.stand_in;
    assert!(stand_in.change_money_operation(&bench.keys, task_id, revive));
    let found = bench.get("moneyTaskList?Status=completed").await;
    assert_eq!(found.at("/Total"), "1");
}
