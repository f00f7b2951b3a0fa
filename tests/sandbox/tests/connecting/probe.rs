//! The probe: what it finds in an account that is one way or the other, and what is done with it.

mod cases;
mod faults;

use std::time::Duration;

use cin7_stand_in::{LedgerStatus, Quirks};
use connections::Error;
use probe::{Asked, Finding, ProbeView, Stage, StepView, Value};
use reqwest::Method;
use serde_json::json;

use crate::world::{SETTINGS, World, id};

fn confirmed() -> Asked {
    Asked {
        confirmed: true,
        even_though: None,
    }
}

impl World {
    /// A connection with keys, and nothing else that the probe would need.
    async fn with_keys() -> Self {
        let world = Self::with_connection().await;
        world.store_keys(&world.keys).await;
        world
    }

    fn quirks(&self, change: impl FnOnce(&mut Quirks)) {
        self.cin7
            .change_account(&self.keys, |account| change(&mut account.quirks));
    }

    async fn probe(&self, step: &str) -> ProbeView {
        // Beyond the minute that the steps before used up.
        self.clock.advance(Duration::from_secs(61));
        let prober = self.plant.prober();
        prober.run(&id(), step, &confirmed()).await.unwrap()
    }

    async fn clean(&self) -> ProbeView {
        self.clock.advance(Duration::from_secs(61));
        self.plant.prober().clean(&id()).await.unwrap()
    }

    /// Everything that the probe made is voided, unpaid or deprecated.
    fn assert_nothing_left(&self, what: &str) {
        for sale in self.cin7.sales(&self.keys) {
            let name = &sale.header.external_id;
            assert!(name.starts_with("ZZ-PROBE acme "), "{what}: {name}");
            assert!(sale.voided, "{what}: {name}");
            assert!(sale.payments.is_empty(), "{what}: {name}");
        }
        for journal in self.cin7.journals(&self.keys) {
            let name = &journal.narration;
            assert!(name.starts_with("ZZ-PROBE acme "), "{what}: {name}");
            assert_eq!(journal.status, LedgerStatus::Voided, "{what}: {name}");
        }
        for operation in self.cin7.money_operations(&self.keys) {
            let name = &operation.reference;
            assert!(name.starts_with("ZZ-PROBE acme "), "{what}: {name}");
            assert_eq!(operation.status, LedgerStatus::Voided, "{what}: {name}");
        }
        for purchase in self.cin7.purchases(&self.keys) {
            assert!(purchase.header.note.starts_with("ZZ-PROBE:acme:"), "{what}");
            assert!(purchase.voided, "{what}: {}", purchase.header.note);
        }
        for customer in self.cin7.customers(&self.keys) {
            assert_eq!(customer.status, "Deprecated", "{what}: {}", customer.name);
        }
        for supplier in self.cin7.suppliers(&self.keys) {
            assert_eq!(supplier.status, "Deprecated", "{what}: {}", supplier.name);
        }
    }
}

fn step(view: &ProbeView, name: &str) -> StepView {
    let mut steps = view.steps.iter();
    steps.find(|step| step.name == name).unwrap().clone()
}

fn finding(view: &ProbeView, name: &str, setting: &str) -> Finding {
    let found = step(view, name);
    let mut findings = found.findings.iter();
    let named = findings.find(|finding| finding.setting == format!("settings.cin7.{setting}"));
    named
        .unwrap_or_else(|| panic!("{name} found nothing of {setting}: {found:?}"))
        .clone()
}

#[tokio::test]
async fn each_step_finds_what_the_account_is_like_and_takes_away_what_it_made() {
    let world = World::with_keys().await;
    for (name, quirks, setting, value) in cases::all() {
        world.quirks(|all| {
            *all = Quirks::default();
            quirks(all);
        });
        let view = world.probe(name).await;
        let found = finding(&view, name, setting);
        assert_eq!(found.value, value, "{name}: {}", found.evidence);
        assert!(!found.evidence.is_empty());
        let left: Vec<_> = view.leftovers.iter().map(|it| it.what.as_str()).collect();
        let partners = ["customer", "supplier"];
        assert!(
            left == partners || left == partners[..1],
            "{:?}",
            view.leftovers
        );
    }
    let view = world.clean().await;
    assert_eq!(view.leftovers, []);
    world.assert_nothing_left("after a clean");
    assert_eq!(
        step(&view, "undo_invoice").state,
        Stage::Settled,
        "findings stay"
    );
}

#[tokio::test]
async fn what_an_undo_does_with_a_payment_is_told() {
    let world = World::with_keys().await;
    for (keeps, words) in [(false, "it was not"), (true, "it was undone too")] {
        world.quirks(|quirks| {
            quirks.undoes_invoices_of_simple_sales = true;
            quirks.undoes_paid_documents = keeps;
        });
        let view = world.probe("undo_invoice").await;
        let found = finding(&view, "undo_invoice", "undo");
        assert!(found.evidence.contains(words), "{}", found.evidence);
    }
    world.clean().await;
    world.assert_nothing_left("with payments");
}

#[tokio::test]
async fn a_bank_account_that_goes_by_its_number_is_found_once_the_settings_have_it() {
    let world = World::with_keys().await;
    world.quirks(|quirks| quirks.ledger.bank_account_by_number = true);
    let view = world.probe("spend_money").await;
    let told = step(&view, "spend_money");
    assert_eq!(told.state, Stage::Unsettled);
    assert!(told.sentence.contains("`expense`"), "{}", told.sentence);

    let with_number = SETTINGS.replace(
        "[settings.payments]\n",
        "[settings.payments]\nexpense = \"01-0000-090\"\n",
    );
    let desk = world.desk();
    desk.replace_settings(&id(), &with_number).await.unwrap();
    let view = world.probe("spend_money").await;
    let found = finding(&view, "spend_money", "bank_account_as");
    assert_eq!(found.value, Value::Word("number".to_owned()));
    assert_eq!(
        finding(&view, "spend_money", "money_completed").value,
        Value::Flag(true)
    );
    world.clean().await;
    world.assert_nothing_left("after both names");
}

#[tokio::test]
async fn a_list_that_lags_is_asked_again_and_makes_the_settle_time_longer() {
    let world = World::with_keys().await;
    world.cin7.change_account(&world.keys, |account| {
        account.lag = Duration::from_secs(100)
    });
    // Whatever stood in Cin7 before has been there for long.
    world.clock.advance(Duration::from_secs(100));
    let view = world.probe("find_by_mark").await;
    let waiting = step(&view, "find_by_mark");
    assert_eq!(waiting.state, Stage::Waiting, "{}", waiting.sentence);
    world.clock.advance(Duration::from_secs(60));
    let view = world.probe("find_by_mark").await;
    let found = finding(&view, "find_by_mark", "settle_seconds");
    let Value::Seconds(seconds) = found.value else {
        panic!("{found:?}");
    };
    assert!((300..=600).contains(&seconds), "{found:?}");
    assert_eq!(
        world.cin7.sales(&world.keys).len(),
        1,
        "it was not made again"
    );
}

#[tokio::test]
async fn nothing_is_made_that_was_not_confirmed() {
    let world = World::with_keys().await;
    let before = world.cin7.all_calls().len();
    let prober = world.plant.prober();
    let view = prober
        .run(&id(), "service_sale", &Asked::default())
        .await
        .unwrap();
    assert!(
        view.sentence.contains("without an order"),
        "{}",
        view.sentence
    );
    assert!(
        view.sentence.contains("nothing was made"),
        "{}",
        view.sentence
    );
    assert_eq!(step(&view, "service_sale").state, Stage::Open);
    let unknown = prober.run(&id(), "nonsense", &confirmed()).await;
    let Err(Error::NotFound(sentence)) = unknown else {
        panic!("{unknown:?}");
    };
    assert!(sentence.contains("service_sale"), "{sentence}");
    let nothing = prober.apply(&id()).await;
    assert!(matches!(nothing, Err(Error::Invalid(_))), "{nothing:?}");
    assert_eq!(world.cin7.all_calls().len(), before);
}

#[tokio::test]
async fn an_account_in_use_is_left_alone_unless_its_company_is_named() {
    let world = World::with_keys().await;
    let customer = json!({ "Name": "A customer", "Status": "Active", "Currency": "USD", "PaymentTerm": "30 days",
        "AccountReceivable": "610", "RevenueAccount": "200", "TaxRule": "Tax on Sales" });
    world.in_cin7("customer", customer).await;
    for number in 0..51 {
        let sale = json!({ "Customer": "A customer", "Location": "Main Warehouse", "SkipQuote": true,
            "ExternalID": format!("theirs {number}") });
        world.in_cin7("sale", sale).await;
    }
    let prober = world.plant.prober();
    for named in [None, Some("Example")] {
        let asked = Asked {
            confirmed: true,
            even_though: named.map(str::to_owned),
        };
        let refused = prober.run(&id(), "service_sale", &asked).await;
        let Err(Error::Invalid(sentence)) = refused else {
            panic!("{refused:?}");
        };
        assert!(
            sentence.contains("Example Pty holds 51 sales"),
            "{sentence}"
        );
    }
    assert_eq!(
        world.cin7.customers(&world.keys).len(),
        1,
        "nothing was made"
    );
    world.clock.advance(Duration::from_secs(61));
    let asked = Asked {
        confirmed: true,
        even_though: Some("Example Pty".to_owned()),
    };
    let view = prober.run(&id(), "service_sale", &asked).await.unwrap();
    assert_eq!(step(&view, "service_sale").state, Stage::Settled);
    world.clean().await;
    let sales = world.cin7.sales(&world.keys);
    let theirs = sales
        .iter()
        .filter(|sale| sale.header.external_id.starts_with("theirs"));
    assert!(
        theirs.clone().all(|sale| !sale.voided),
        "theirs are as they were"
    );
    assert_eq!(theirs.count(), 51);
}

impl World {
    /// Something that a person makes in Cin7, with a key of their own.
    async fn in_cin7(&self, path: &str, body: serde_json::Value) {
        let keys = self.cin7.new_key(&self.keys).unwrap();
        let address = format!("{}{path}", self.cin7.url());
        let answer = self
            .http
            .request(Method::POST, address)
            .header("api-auth-accountid", keys.account_id)
            .header("api-auth-applicationkey", keys.application_key)
            .json(&body)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    }
}

#[tokio::test]
async fn what_was_found_is_applied_and_an_invoice_takes_the_cheaper_way() {
    let (world, client) = World::at_work().await;
    world.quirks(|quirks| quirks.honours_service_only = true);
    let documented = format!("# ours\n{SETTINGS}\n[settings.cin7]\nundo = \"sale\" # for now\n");
    let desk = world.desk();
    desk.replace_settings(&id(), &documented).await.unwrap();
    assert_eq!(world.posts_of_an_invoice(client).await, 3);

    let view = world.probe("service_sale").await;
    assert_eq!(
        finding(&view, "service_sale", "service_sales").value,
        Value::Flag(true)
    );
    assert_eq!(
        world.posts_of_an_invoice(client).await,
        3,
        "not applied yet"
    );
    world.clean().await;
    let stored = world.plant.prober().apply(&id()).await.unwrap();
    assert_eq!(stored.version, 3);
    assert_eq!(
        stored.document,
        format!("{documented}service_sales = true\n")
    );
    assert_eq!(world.posts_of_an_invoice(client).await, 2);
    let again = world.plant.prober().apply(&id()).await.unwrap();
    assert_eq!(again.version, 3, "applying twice is applying once");
}

impl World {
    /// An invoice crosses; the writes that it took.
    async fn posts_of_an_invoice(&self, client: i64) -> usize {
        self.clock.advance(Duration::from_secs(61));
        let before = self.cin7.calls(&self.keys).len();
        let invoice = self.send(client, "20.00").await;
        self.work().await;
        let calls = self.cin7.calls(&self.keys).split_off(before);
        self.settle().await;
        self.assert_confirmed(invoice).await;
        calls.iter().filter(|call| call.method == "POST").count()
    }
}
