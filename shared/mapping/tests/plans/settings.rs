//! Reading and storing settings.

use insta::assert_snapshot;
use mapping::{
    Approach, BankAccountAs, Cin7Switches, ExpensesAs, IncomeTaxes, InvoiceTask, PurchaseTask,
    Settings, Undo,
};

use crate::fixtures::{SETTINGS, currency, dec};

/// Every key there is.
const FULL: &str = r#"
start_date = 2026-01-01
location = "Main Warehouse"
create_customers = true
create_suppliers = true

[documents]
bills = false
journal_entries = true

[sales]
default_product = "FB-SERVICE"
revenue_account = 200

[customers]
payment_term = "30 days"
receivable_account = "610"
revenue_account = "200"
tax_rule = "HST 13"

[products]
"Consulting" = "FB-SERVICE"

[taxes]
"HST 13" = "HST 13"
none = "Tax Exempt"

[terms]
30 = "30 days"

[payments]
default = "090"
"Credit Card" = "091"

[purchases]
approach = "RECEIVE"
expenses_as = "spend_money"
default_supplier = "Sundry suppliers"
tax_none = "Tax Exempt"

[purchase_taxes]
"HST 13" = "HST 13"

[categories]
"Advertising" = "400"
3012 = "410"
default = "429"

[other_income]
taxes = "percent"
amount_has_taxes = false

[incomes]
online_sales = "200"

[ledger_accounts]
"4000" = "200"

[rates]
EUR = [{ from = "2026-02-01", rate = 1.1 }, { from = "2026-01-01", rate = "1.08" }]
JPY = [{ from = 2026-01-01, rate = 0.0067 }]

[cin7]
fractional_quantities = true
negative_lines = true
settle_seconds = 90
undo = "Invoice"
payment_type_in_capitals = true
service_sales = true
line_total_with_tax = true
recomputes_tax = true
free_text_charges = true
invoice_task = "new"
journals_completed = true
money_completed = true
bank_account_as = "number"
service_purchases = true
purchase_task = "group"
"#;

fn problems(toml: &str) -> String {
    Settings::parse(toml).unwrap_err().sentences().join("\n")
}

#[test]
fn every_key_is_read() {
    let settings = Settings::parse(FULL).unwrap();
    assert_eq!(settings.start_date, Some("2026-01-01".parse().unwrap()));
    assert!(settings.create_customers && settings.create_suppliers);
    assert_eq!(settings.sales.revenue_account.as_deref(), Some("200"));
    assert_eq!(settings.products.get(" CONSULTING "), Some("FB-SERVICE"));
    assert_eq!(settings.terms.get(&30).map(String::as_str), Some("30 days"));
    assert_eq!(settings.payments.get_or_default("credit card"), Some("091"));
    assert_eq!(settings.payments.get_or_default("Check"), Some("090"));
    assert_eq!(settings.purchases.approach, Approach::Stock);
    assert_eq!(settings.purchases.expenses_as, ExpensesAs::SpendMoney);
    assert_eq!(settings.categories.get("3012"), Some("410"));
    assert_eq!(
        settings.ledger_accounts.iter().next(),
        Some(("4000", "200"))
    );
    assert_eq!(settings.incomes.get("Online_Sales"), Some("200"));
    assert_eq!(settings.other_income.taxes, Some(IncomeTaxes::Percent));
    assert!(!settings.other_income.amount_has_taxes);
    assert_eq!(settings.cin7.settle_seconds, 90);
    assert_eq!(settings.cin7.undo, Undo::Invoice);
    assert!(settings.cin7.payment_type_in_capitals);
    let cin7 = settings.cin7;
    assert!(cin7.service_sales && cin7.line_total_with_tax && cin7.recomputes_tax);
    assert!(cin7.free_text_charges && cin7.journals_completed && cin7.money_completed);
    assert_eq!(cin7.invoice_task, InvoiceTask::New);
    assert_eq!(cin7.bank_account_as, BankAccountAs::Number);
    assert!(cin7.service_purchases);
    assert_eq!(cin7.purchase_task, PurchaseTask::Group);
}

#[test]
fn the_rate_of_a_day_is_the_latest_from_before_it() {
    let rates = Settings::parse(FULL).unwrap().rates;
    let on = |day: &str| rates.on(currency("EUR"), day.parse().unwrap());
    assert_eq!(on("2025-12-31"), None);
    assert_eq!(on("2026-01-01"), Some(dec("1.08")));
    assert_eq!(on("2026-01-31"), Some(dec("1.08")));
    assert_eq!(on("2026-03-01"), Some(dec("1.1")));
    assert_eq!(
        rates.on(currency("JPY"), "2026-03-01".parse().unwrap()),
        Some(dec("0.0067"))
    );
    assert_eq!(
        rates.on(currency("GBP"), "2026-03-01".parse().unwrap()),
        None
    );
}

#[test]
fn no_settings_are_the_safe_ones() {
    let settings = Settings::parse("").unwrap();
    assert_eq!(settings, Settings::default());
    assert!(settings.create_customers && settings.create_suppliers);
    assert!(!settings.cin7.fractional_quantities && !settings.cin7.negative_lines);
    assert_eq!(settings.cin7.settle_seconds, 60);
    assert_eq!(settings.cin7.undo, Undo::Sale);
    assert!(!settings.cin7.payment_type_in_capitals);
    assert_eq!(settings.cin7, Cin7Switches::default());
    assert_eq!(settings.purchases.approach, Approach::Invoice);
}

#[test]
fn the_switches_that_the_example_shows_commented_out_are_all_there_are_at_their_defaults() {
    let example = include_str!("../../../../connection.example.toml");
    let (_, switches) = example.split_once("[settings.cin7]").unwrap();
    let shown: Vec<&str> = switches
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.contains(" = "))
        .collect();
    let settings = Settings::parse(&format!("[cin7]\n{}", shown.join("\n"))).unwrap();
    assert_eq!(settings, Settings::default());
    let stored = toml::Table::try_from(settings.cin7).unwrap();
    assert_eq!(shown.len(), stored.len());
}

#[test]
fn the_heading_may_be_there_or_not() {
    let bare = Settings::parse("location = \"Shop\"").unwrap();
    assert_eq!(
        Settings::parse("[settings]\nlocation = \"Shop\"").unwrap(),
        bare
    );
}

#[test]
fn settings_are_stored_and_read_back_as_toml_and_as_json() {
    for text in ["", SETTINGS, FULL] {
        let settings = Settings::parse(text).unwrap();
        let toml = toml::to_string(&settings).unwrap();
        assert_eq!(Settings::parse(&toml).unwrap(), settings, "{toml}");
        let json = serde_json::to_string(&settings).unwrap();
        let read: Settings = serde_json::from_str(&json).unwrap();
        assert_eq!(read, settings, "{json}");
    }
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_known_one() {
    assert_snapshot!(
        problems("locaton = \"Shop\"\n[sales]\nrevenue_acount = \"200\"\n[cin7]\n\"odd key\" = 1"),
        @r#"
    `settings.sales.revenue_acount` is not a setting. The nearest known one is `settings.sales.revenue_account`.
    `settings.cin7."odd key"` is not a setting. The nearest known one is `settings.cin7.undo`.
    `settings.locaton` is not a setting. The nearest known one is `settings.location`.
    "#
    );
}

#[test]
fn every_problem_has_its_own_sentence() {
    assert_snapshot!(problems(
        r#"
        start_date = "January"
        location = ""
        create_customers = "yes"
        sales = "FB-SERVICE"
        customers.payment_term = 1.5
        taxes = { "HST 13" = "A", "hst  13" = "B" }
        terms = { soon = "30 days", 30 = [] }
        purchases.approach = "ORDER"
        cin7.settle_seconds = -1
        cin7.undo = "order"
        cin7.payment_type_in_capitals = 1
        "#
    ), @r#"
    `settings.start_date` must be a day such as "2026-01-01".
    `settings.location` is empty: give it a value or leave it out.
    `settings.create_customers` must be true or false, without quotes.
    `settings.sales` must be a table: write it as `[settings.sales]`.
    `settings.customers.payment_term` must be a text in quotes.
    `settings.taxes."hst 13"` is there twice, once written "HST 13".
    `settings.terms.30` must be a text in quotes.
    `settings.terms.soon` must be named by a whole number of days.
    `settings.purchases.approach` must be "INVOICE" or "STOCK" or "RECEIVE".
    `settings.cin7.payment_type_in_capitals` must be true or false, without quotes.
    `settings.cin7.settle_seconds` must be a whole number from 30 to 3600.
    `settings.cin7.undo` must be "sale" or "invoice".
    "#);
}

#[test]
fn every_problem_of_a_rate_has_its_own_sentence() {
    assert_snapshot!(problems(
        r#"
        rates.EURO = []
        rates.GBP = 1.2
        rates.EUR = [
            1.08,
            { from = "2026-01-01" },
            { from = "2026-01-01", rate = 0 },
            { from = "2026-01-01", rate = nan },
            { from = "2026-01-01", rate = "1.08", until = "2026-02-01" },
            { from = "2026-01-01", rate = "1.09" },
        ]
        "#
    ), @r#"
    `settings.rates.EUR[0]` must have a `from` and a `rate`.
    `settings.rates.EUR[1]` must have both a `from` and a `rate`.
    `settings.rates.EUR[2].rate` must be a number above 0, such as "1.08".
    `settings.rates.EUR[3].rate` must be a number above 0, such as "1.08".
    `settings.rates.EUR[4].until` is not a setting. The nearest known one is `settings.rates.EUR[4].rate`.
    `settings.rates.EUR[5]` is a second rate from 2026-01-01.
    `settings.rates.EURO` must be named by a currency code such as EUR.
    `settings.rates.GBP` must be a list such as `[{ from = "2026-01-01", rate = "1.08" }]`.
    "#);
}

#[test]
fn a_text_that_is_not_toml_names_its_line() {
    assert_snapshot!(problems("location = \"Shop\"\nsales = [sales"), @"Line 2 of the settings is not TOML: unclosed array, expected `]`.");
}
