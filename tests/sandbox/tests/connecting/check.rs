//! Settings compared with live books: the sample of docs/connections.md, word for word.

use connections::{CheckedSettings, Error};
use freshbooks_stand_in::{NewCategory, NewInvoice, NewLine, NewTax};
use mapping::Finding;

use crate::world::{SETTINGS, World, id};

const DOCS: &str = include_str!("../../../../docs/connections.md");

/// The block of the documentation after this marker.
fn sample(marker: &str) -> &'static str {
    let (_, rest) = DOCS.split_once(marker).unwrap();
    let (_, rest) = rest.split_once("```").unwrap();
    let (_, block) = rest.split_once('\n').unwrap();
    block.split_once("```").unwrap().0
}

/// As `connectorctl connection check` shows them.
fn shown(heading: &str, findings: &[Finding]) -> String {
    let mut text = format!("{heading}\n");
    for finding in findings {
        text += &format!("- {}\n", finding.what);
        for line in finding.add.iter().flat_map(|add| add.lines()) {
            text += &format!("    {line}\n");
        }
    }
    text
}

impl World {
    /// A business that uses what the sample does not map.
    async fn with_books() -> Self {
        let (world, client) = Self::at_work().await;
        let (freshbooks, account) = (&world.freshbooks, &world.account);
        for (name, rate) in [("HST", "13"), ("GST", "5"), ("PST", "7")] {
            let tax = NewTax {
                name: name.to_owned(),
                rate: rate.parse().unwrap(),
                number: None,
                compound: false,
            };
            freshbooks.create_tax(account, tax);
        }
        for name in ["Advertising", "Rent or Lease"] {
            let category = NewCategory {
                name: name.to_owned(),
                parent_id: None,
                is_cogs: false,
                is_built_in: false,
            };
            freshbooks.create_category(account, category);
        }
        let consulting = || NewLine::new("Consulting", 1.into(), 100.into());
        let invoices = [
            (None, consulting().tax("GST", 5.into()).tax("PST", 7.into())),
            (Some("EUR"), consulting().tax("HST", 13.into())),
            (None, consulting()),
        ];
        for (currency, line) in invoices {
            let form = NewInvoice {
                client_id: client,
                due_offset_days: 30,
                currency_code: currency.map(str::to_owned),
                lines: vec![line],
                ..NewInvoice::default()
            };
            let id = freshbooks.create_invoice(account, form);
            freshbooks.send_invoice(account, id).unwrap();
        }
        let lock = Some("2025-12-31".parse().unwrap());
        world
            .cin7
            .change_account(&world.keys, |options| options.lock_date = lock);
        world
    }

    async fn check(&self, document: Option<&str>) -> CheckedSettings {
        self.desk().check_settings(&id(), document).await.unwrap()
    }
}

#[tokio::test]
async fn the_sample_of_the_documentation_is_what_a_bad_file_is_told() {
    let world = World::with_books().await;
    world.cin7.reset_calls();
    let records = world.plant.ledger().every_record().await.unwrap();
    let found = world.check(Some(sample("<!-- check: file -->"))).await;
    let told = format!(
        "{}\n{}",
        shown("PROBLEMS", &found.checked.problems),
        shown("WARNINGS", &found.checked.warnings)
    );
    assert_eq!(told, sample("<!-- check: answer -->"), "\n{told}");
    let read = found.read.unwrap();
    assert_eq!((read.invoices, read.more_invoices), (4, false));
    let calls = world.cin7.all_calls();
    assert!(calls.iter().all(|call| call.method == "GET"), "{calls:?}");
    assert_eq!(world.plant.ledger().every_record().await.unwrap(), records);
}

#[tokio::test]
async fn the_settings_in_force_are_compared_where_none_are_given_and_books_are_read_anew() {
    let world = World::with_books().await;
    assert_eq!(
        world.desk().settings(&id(), None).await.unwrap().document,
        SETTINGS
    );
    let found = world.check(None).await;
    let named: Vec<_> = found
        .checked
        .problems
        .iter()
        .map(|one| one.setting.as_str())
        .collect();
    // Payments go to an account in dollars.
    assert_eq!(named, ["settings.payments.\"default EUR\""]);
    let warned = &found.checked.warnings;
    let together = |one: &&Finding| one.what.contains("together with another one");
    assert_eq!(warned.iter().filter(together).count(), 2, "{warned:?}");
    world.cin7.change_account(&world.keys, |options| {
        options
            .books
            .tax_rules
            .iter_mut()
            .for_each(|rule| rule.is_active = false);
    });
    let after = world.check(None).await;
    assert!(after.checked.problems.len() > found.checked.problems.len());
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_told_all_its_problems_without_a_call() {
    let (world, _) = World::at_work().await;
    world.cin7.reset_calls();
    let found = world
        .check(Some("start_date = 5\nlocatoin = \"Main\"\n"))
        .await;
    let sentences: Vec<_> = found
        .checked
        .problems
        .iter()
        .map(|one| one.what.as_str())
        .collect();
    assert_eq!(sentences.len(), 2, "{sentences:?}");
    assert!(found.read.is_none() && world.cin7.all_calls().is_empty());
}

#[tokio::test]
async fn without_a_consent_the_check_says_what_is_missing() {
    let world = World::with_connection().await;
    world.store_keys(&world.keys).await;
    let Err(Error::Invalid(sentence)) = world.desk().check_settings(&id(), None).await else {
        panic!("checked without FreshBooks");
    };
    assert!(sentence.contains("which FreshBooks business"), "{sentence}");
}
