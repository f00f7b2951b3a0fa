use serde::de::DeserializeOwned;

use super::*;

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

#[test]
fn the_receivable_account_is_known_by_cin7s_own_mark_only() {
    let account = |json: &str| Account::from(read::<AccountRow>(json));
    assert!(account(r#"{"Code":"610","SystemAccount":"ACCOUNTS RECEIVABLE"}"#).receivable);
    assert!(account(r#"{"Code":"610","SystemAccountCode":"debtors"}"#).receivable);
    assert!(account(r#"{"Code":"800","SystemAccount":"Accounts payable"}"#).payable);
    assert!(account(r#"{"Code":"800","SystemAccountCode":"CREDITORS"}"#).payable);
    let plain = account(r#"{"Code":"610","Name":"Accounts receivable","Type":"CURRENT"}"#);
    assert!(!plain.receivable && !plain.payable);
}

#[test]
fn payments_may_be_allowed_by_boolean_or_by_text() {
    for (json, allowed) in [
        ("true", true),
        ("\"True\"", true),
        ("\"false\"", false),
        ("null", false),
    ] {
        let json = format!(r#"{{"Code":"090","Status":"ACTIVE","ForPayments":{json}}}"#);
        let account = Account::from(read::<AccountRow>(&json));
        assert_eq!(
            (account.for_payments, account.active),
            (allowed, true),
            "{json}"
        );
    }
}

#[test]
fn an_account_has_the_currency_that_cin7_shows_and_else_none() {
    let currency = |json: &str| {
        let account = Account::from(read::<AccountRow>(json));
        account.currency.map(|currency| currency.to_string())
    };
    let bank = r#"{"Code":"091","Type":"BANK","Currency":" eur "}"#;
    assert_eq!(currency(bank).as_deref(), Some("EUR"));
    for json in [
        r#"{"Code":"200"}"#,
        r#"{"Code":"200","Currency":null}"#,
        r#"{"Code":"200","Currency":""}"#,
        r#"{"Code":"200","Currency":"Euro"}"#,
    ] {
        assert_eq!(currency(json), None, "{json}");
    }
}

#[test]
fn an_account_stored_before_it_had_a_currency_still_reads() {
    let account = Account::from(read::<AccountRow>(r#"{"Code":"091","Currency":"EUR"}"#));
    let mut stored = serde_json::to_value(&account).unwrap();
    assert_eq!(stored["currency"], "EUR");
    let again: Account = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!(again, account);
    stored.as_object_mut().unwrap().remove("currency");
    let older: Account = serde_json::from_value(stored).unwrap();
    assert_eq!(older.currency, None);
}

#[test]
fn an_account_is_usable_unless_it_has_another_status_than_active() {
    for (json, active) in [
        (r#"{"Code":"200"}"#, true),
        (r#"{"Code":"200","Status":""}"#, true),
        (r#"{"Code":"200","Status":"Active"}"#, true),
        (r#"{"Code":"200","Status":"ARCHIVED"}"#, false),
    ] {
        let account = Account::from(read::<AccountRow>(json));
        assert_eq!(account.active, active, "{json}");
    }
}

#[test]
fn a_tax_rule_may_be_used_for_whatever_it_does_not_deny() {
    let usable = |json: &str| {
        let rule = TaxRule::from(read::<TaxRow>(json));
        (rule.active, rule.for_sale, rule.for_purchase)
    };
    assert_eq!(usable(r#"{"Name":"HST"}"#), (true, true, true));
    assert_eq!(
        usable(r#"{"IsActive":null,"IsTaxForSale":"","IsTaxForPurchase":"True"}"#),
        (true, true, true)
    );
    assert_eq!(usable(r#"{"IsActive":false}"#), (false, true, true));
    assert_eq!(usable(r#"{"IsTaxForSale":"False"}"#), (true, false, true));
    assert_eq!(usable(r#"{"IsTaxForPurchase":0}"#), (true, true, false));
}

#[test]
fn a_tax_rule_without_percent_has_the_sum_of_its_components() {
    let percent = |json: &str| {
        TaxRule::from(read::<TaxRow>(json))
            .percent
            .map(|percent| percent.normalize().to_string())
    };
    let parts = r#""Components":[{"Percent":"5.0000000000"},{"Percent":"8","Compound":"0"}]"#;
    assert_eq!(percent(&format!("{{{parts}}}")).as_deref(), Some("13"));
    assert_eq!(
        percent(&format!("{{\"TaxPercent\":12.5,{parts}}}")).as_deref(),
        Some("12.5")
    );
    let compound = r#"{"Components":[{"Percent":"5"},{"Percent":"8","Compound":"1"}]}"#;
    assert_eq!(percent(compound), None);
    assert_eq!(percent("{}"), None);
}

#[test]
fn a_term_counts_its_days_and_says_whether_it_may_be_used() {
    let json = r#"{"Name":"30 days","Duration":"30","Method":"number of days","IsActive":true}"#;
    let term = PaymentTerm::from(read::<PaymentTermRow>(json));
    assert_eq!(
        (term.duration, term.active, term.default),
        (30, true, false)
    );
    let active = |json: &str| PaymentTerm::from(read::<PaymentTermRow>(json)).active;
    assert!(active(r#"{"Name":"30 days"}"#), "none is stated");
    assert!(!active(r#"{"Name":"30 days","IsActive":"false"}"#));
}

#[test]
fn a_deprecated_location_has_no_usable_name() {
    let name = |json: &str| read::<LocationRow>(json).usable_name();
    assert_eq!(
        name(r#"{"Name":"Main Warehouse"}"#).as_deref(),
        Some("Main Warehouse")
    );
    assert_eq!(name(r#"{"Name":"Old","IsDeprecated":true}"#), None);
    assert_eq!(name(r#"{"Name":"Old","Deprecated":"true"}"#), None);
}
