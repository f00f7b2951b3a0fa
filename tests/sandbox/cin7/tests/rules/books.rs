//! The reference books and paging.

use crate::bench::Bench;

#[tokio::test]
async fn an_unknown_account_code_is_an_error_and_not_an_empty_list() {
    let bench = Bench::start().await;
    bench
        .get("ref/account?Code=nope")
        .await
        .assert_refused("Account with specified ID not found");
    assert_eq!(
        bench
            .get("ref/account?Code=610")
            .await
            .at("/AccountsList/0/SystemAccountCode"),
        "DEBTORS"
    );
}

#[tokio::test]
async fn accounts_are_filtered_by_name_type_and_status() {
    let bench = Bench::start().await;
    assert_eq!(bench.get("ref/account?Name=sales").await.at("/Total"), "3");
    assert_eq!(bench.get("ref/account?Type=bank").await.at("/Total"), "2");
    assert_eq!(
        bench
            .get("ref/account?Status=ARCHIVED")
            .await
            .at("/AccountsList/0/Code"),
        "205"
    );
}

#[tokio::test]
async fn a_bank_account_knows_its_code_in_the_chart() {
    let bench = Bench::start().await;
    let answer = bench.get("ref/account/bank?Name=Euro").await;
    assert_eq!(answer.at("/Total"), "1");
    assert_eq!(answer.at("/BankAccountsList/0/AccountCode"), "091");
}

#[tokio::test]
async fn a_tax_rule_lists_its_components_with_percentages_as_text() {
    let bench = Bench::start().await;
    let answer = bench.get("ref/tax?Name=GST").await;
    assert_eq!(answer.at("/TaxRuleList/0/TaxPercent"), "12");
    let components = answer.json()["TaxRuleList"][0]["Components"].clone();
    assert_eq!(components[1]["Percent"], "7.0000000000");
    assert_eq!(components[1]["ComponentOrder"], "2");
}

#[tokio::test]
async fn tax_rules_are_filtered_by_use() {
    let bench = Bench::start().await;
    let answer = bench.get("ref/tax?IsTaxForSale=false").await;
    assert_eq!(answer.at("/TaxRuleList/0/Name"), "Tax on Purchases");
    assert_eq!(bench.get("ref/tax?IsActive=false").await.at("/Total"), "1");
}

#[tokio::test]
async fn inactive_payment_terms_are_listed_too() {
    let bench = Bench::start().await;
    assert_eq!(
        bench
            .get("ref/paymentterm?Name=60")
            .await
            .at("/PaymentTermList/0/IsActive"),
        "false"
    );
    assert_eq!(
        bench
            .get("ref/paymentterm?IsActive=true")
            .await
            .at("/Total"),
        "6"
    );
    assert_eq!(
        bench
            .get("ref/paymentterm?Method=day of next month")
            .await
            .at("/Total"),
        "1"
    );
}

#[tokio::test]
async fn locations_have_bins_and_may_be_deprecated() {
    let bench = Bench::start().await;
    let answer = bench.get("ref/location?Deprecated=true").await;
    assert_eq!(answer.at("/LocationList/0/Bins/0/Name"), "Z-9");
}

#[tokio::test]
async fn a_list_is_paged_in_an_envelope() {
    let bench = Bench::start().await;
    let answer = bench.get("ref/account?Page=2&Limit=10").await;
    assert_eq!(answer.at("/Total"), "18");
    assert_eq!(answer.at("/Page"), "2");
    assert_eq!(answer.json()["AccountsList"].as_array().unwrap().len(), 8);
    assert!(
        bench.get("ref/account?Page=9").await.json()["AccountsList"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_page_holds_one_to_a_thousand_rows() {
    let bench = Bench::start().await;
    for limit in ["0", "1001"] {
        let answer = bench.get(&format!("ref/account?Limit={limit}")).await;
        answer.assert_refused("Parameter Limit must be between 1 and 1000.");
    }
    assert_eq!(bench.get("ref/account?Limit=1000").await.status, 200);
}
