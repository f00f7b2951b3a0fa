//! New customers.

use insta::assert_snapshot;
use mapping::{customer_names, plan_customer};

use crate::fixtures::{World, account, client, currency, shown_held};

fn held(world: &World) -> String {
    let plan = plan_customer(&client(), currency("USD"), &world.settings, &world.facts());
    shown_held(&plan.unwrap_err())
}

#[test]
fn a_client_becomes_a_customer_with_the_defaults_of_the_account() {
    let world = World::new();
    let plan = plan_customer(&client(), currency("USD"), &world.settings, &world.facts());
    assert_snapshot!(serde_json::to_string_pretty(&plan.unwrap()).unwrap(), @r#"
    {
      "name": "Acme LLC",
      "currency": "USD",
      "payment_term": "30 days",
      "account_receivable": "610",
      "revenue_account": "200",
      "tax_rule": "HST 13",
      "contact": "Jo Doe",
      "email": "jo@example.com",
      "phone": "",
      "comments": "FreshBooks client 202155"
    }
    "#);
}

#[test]
fn the_settings_come_before_the_defaults_of_the_account() {
    let world = World::with_settings(
        "create_customers = true\n\
         [customers]\n\
         payment_term = \"14 DAYS\"\n\
         receivable_account = 610\n\
         revenue_account = \"090\"\n\
         tax_rule = \"tax exempt\"",
    );
    let plan = plan_customer(&client(), currency("EUR"), &world.settings, &world.facts());
    let plan = plan.unwrap();
    assert_eq!(plan.payment_term, "14 days");
    assert_eq!(plan.account_receivable, "610");
    assert_eq!(plan.revenue_account, "090");
    assert_eq!(plan.tax_rule, "Tax Exempt");
    assert_eq!(plan.currency, currency("EUR"));
}

#[test]
fn no_customer_is_made_where_the_settings_forbid_it() {
    assert_snapshot!(held(&World::with_settings("create_customers = false")), @"
    waiting for settings.create_customers
    Client Acme LLC is not a customer in Cin7 and the settings do not allow making one; add the customer in Cin7, or write `create_customers = true` under `[settings]`.
    ");
}

#[test]
fn what_neither_the_settings_nor_the_account_say_is_waited_for() {
    let mut world = World::with_settings("create_customers = true");
    world.company.default_sale_tax_rule = None;
    assert_snapshot!(held(&world), @r#"
    waiting for settings.customers.tax_rule
    Client Acme LLC cannot become a customer yet: Cin7 has no default tax rule for sales; write `tax_rule = "TAX RULE"` under `[settings.customers]`.
    "#);
    world.books.accounts[0].active = false;
    assert_snapshot!(held(&world), @r#"
    waiting for settings.customers.revenue_account
    Client Acme LLC cannot become a customer yet: Cin7 has no active revenue account for new customers; write `revenue_account = "CODE"` under `[settings.customers]`.
    "#);
    world.books.accounts[1].receivable = true;
    assert_snapshot!(held(&world), @r#"
    waiting for settings.customers.receivable_account
    Client Acme LLC cannot become a customer yet: Cin7 has 2 receivable accounts and not one; write `receivable_account = "CODE"` under `[settings.customers]`.
    "#);
    world.books.terms.clear();
    assert_snapshot!(held(&world), @r#"
    waiting for settings.customers.payment_term
    Client Acme LLC cannot become a customer yet: Cin7 has no active payment term for new customers; write `payment_term = "TERM"` under `[settings.customers]`.
    "#);
}

#[test]
fn what_the_settings_name_has_to_be_there() {
    let mut world = World::new();
    world.settings.customers.tax_rule = Some("HST 15".to_owned());
    assert_snapshot!(held(&world), @r#"
    waiting for settings.customers.tax_rule
    Client Acme LLC cannot become a customer yet: the tax rule `HST 15` is not an active one for sales in Cin7; write `tax_rule = "TAX RULE"` under `[settings.customers]`.
    "#);
    world.settings.customers.receivable_account = Some("611".to_owned());
    assert_snapshot!(held(&world), @r#"
    waiting for settings.customers.receivable_account
    Client Acme LLC cannot become a customer yet: the account `611` is not an active one in Cin7; write `receivable_account = "CODE"` under `[settings.customers]`.
    "#);
    world.settings.customers.payment_term = Some("60 days".to_owned());
    assert_snapshot!(held(&world), @r#"
    waiting for settings.customers.payment_term
    Client Acme LLC cannot become a customer yet: the payment term `60 days` is not an active one in Cin7; write `payment_term = "TERM"` under `[settings.customers]`.
    "#);
}

#[test]
fn an_account_without_a_default_term_gives_its_first_active_one() {
    let mut world = World::new();
    world.books.terms[1].default = false;
    world.books.terms[0].active = false;
    world.books.accounts.insert(0, account("100", "EXPENSE"));
    let plan = plan_customer(&client(), currency("USD"), &world.settings, &world.facts());
    assert_eq!(plan.unwrap().payment_term, "30 days");
}

#[test]
fn a_client_is_looked_for_by_its_name_and_then_with_its_currency() {
    let mut client = client();
    assert_eq!(
        customer_names(&client, currency("EUR")),
        ["Acme LLC", "Acme LLC (EUR)"]
    );
    client.name = "x".repeat(300);
    let lengths = customer_names(&client, currency("EUR"))
        .into_iter()
        .map(|name| name.len());
    assert!(lengths.eq([256, 256]));
}
