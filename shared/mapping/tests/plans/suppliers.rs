//! Vendors that Cin7 does not have yet: the supplier that is planned of them.

use insta::assert_snapshot;
use mapping::plan_supplier;

use crate::bought::{bill, plan, world, world_set, world_with};
use crate::fixtures::{account, currency, shown_held};

#[test]
fn a_vendor_becomes_a_supplier_with_the_defaults_of_the_account() {
    let world = world();
    let wanted = plan(&world, &bill()).unwrap().supplier;
    let planned = plan_supplier(&wanted, currency("USD"), &world.settings, &world.facts());
    assert_snapshot!(serde_json::to_string_pretty(&planned.unwrap()).unwrap(), @r#"
    {
      "name": "Bolt Makers Ltd",
      "currency": "USD",
      "payment_term": "30 days",
      "account_payable": "800",
      "tax_rule": "Tax Exempt",
      "contact": "Ann Bolt",
      "email": "ann@example.com",
      "phone": "555 0100",
      "comments": "FreshBooks vendor 1563"
    }
    "#);
    let refused = world_set(|settings| settings.create_suppliers = false);
    let planned = plan_supplier(
        &wanted,
        currency("USD"),
        &refused.settings,
        &refused.facts(),
    );
    assert_snapshot!(shown_held(&planned.unwrap_err()), @r"
    waiting for settings.create_suppliers
    Vendor Bolt Makers Ltd is not a supplier in Cin7 and the settings do not allow making one; add the supplier in Cin7, or write `create_suppliers = true` under `[settings]`.
    ");
    let mut two = world_with("");
    let mut other = account("801", "LIABILITY");
    other.payable = true;
    two.books.accounts.push(other);
    let planned = plan_supplier(&wanted, currency("USD"), &two.settings, &two.facts());
    assert_snapshot!(shown_held(&planned.unwrap_err()), @r#"
    waiting for settings.suppliers.payable_account
    Vendor Bolt Makers Ltd cannot become a supplier yet: Cin7 has 2 payable accounts and not one; write `payable_account = "CODE"` under `[settings.suppliers]`.
    "#);
}

#[test]
fn the_settings_of_suppliers_come_before_the_defaults_of_the_account() {
    let world = world_with(
        "[suppliers]\npayment_term = \"14 DAYS\"\npayable_account = 400\ntax_rule = \"hst 13\"",
    );
    let wanted = plan(&world, &bill()).unwrap().supplier;
    let planned = plan_supplier(&wanted, currency("EUR"), &world.settings, &world.facts());
    let planned = planned.unwrap();
    assert_eq!(planned.payment_term, "14 days");
    assert_eq!(planned.account_payable, "400");
    assert_eq!(planned.tax_rule, "HST 13");
    assert_eq!(planned.currency, currency("EUR"));
}
