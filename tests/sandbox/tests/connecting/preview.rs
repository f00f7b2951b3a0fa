//! What a preview says would be written is what is then written, byte for byte; and it writes nothing.

use cin7_stand_in::Call;
use connections::{Error, PreviewView};
use freshbooks_stand_in::{NewInvoice, NewLine, NewPayment};
use ledger::{Kind, RecordKey};
use sync::{CUSTOMER_ID, Outcome, Previewed, SALE_ID};

use crate::world::{SETTINGS, World, id};

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// An invoice of one to three lines as people write them.
    fn invoice(&mut self, client_id: i64, day: u64) -> NewInvoice {
        let lines = (0..=self.below(3)).map(|_| self.line()).collect();
        NewInvoice {
            client_id,
            date: Some(format!("2026-01-{:02}", day + 1).parse().unwrap()),
            due_offset_days: [0, 15, 30][self.index(3)],
            currency_code: (self.below(4) == 0).then(|| "EUR".to_owned()),
            discount_percent: [0, 0, 10][self.index(3)].into(),
            lines,
            ..NewInvoice::default()
        }
    }

    fn line(&mut self) -> NewLine {
        let quantity = ["1", "3", "2.5"][self.index(3)].parse().unwrap();
        let cents = i64::try_from(self.below(50_000)).unwrap() + 1;
        let line = NewLine::new("Consulting", quantity, money::Decimal::new(cents, 2));
        match self.below(3) {
            0 => line.tax("HST", 13.into()),
            1 => line.tax("GST", 5.into()).tax("PST", 7.into()),
            _ => line,
        }
    }

    fn index(&mut self, end: u64) -> usize {
        usize::try_from(self.below(end)).unwrap()
    }
}

/// The writes of a log, as a preview tells them.
fn written(calls: &[Call]) -> Vec<(String, String)> {
    let writes = calls.iter().filter(|call| call.method != "GET");
    let told = writes.map(|call| {
        let query = if call.query.is_empty() {
            String::new()
        } else {
            format!("?{}", call.query)
        };
        let name = format!("{} /{}{query}", call.method, call.path);
        (name, call.body.clone())
    });
    told.collect()
}

impl World {
    /// January and February, page by page; how many pages there were.
    async fn previewed(&self, settings: Option<&str>) -> (Vec<Previewed>, usize) {
        let days = ("2026-01-01".parse().unwrap(), "2026-02-28".parse().unwrap());
        let (mut records, mut cursor, mut pages) = (Vec::new(), None, 0);
        loop {
            let desk = self.desk();
            let page: PreviewView = desk
                .preview_range(&id(), settings, days, cursor.as_deref())
                .await
                .unwrap();
            records.extend(page.records);
            pages += 1;
            cursor = page.cursor;
            if cursor.is_none() {
                return (records, pages);
            }
        }
    }

    async fn previewed_one(&self, settings: Option<&str>, kind: &str, of: i64) -> Previewed {
        let key = (
            kind.parse::<Kind>().unwrap(),
            of.to_string().parse().unwrap(),
        );
        let shown = self.desk().preview_one(&id(), settings, key).await;
        shown.unwrap().records.pop().unwrap()
    }

    /// The writes of a preview with the ids that Cin7 gave since.
    async fn filled(&self, previewed: &[Previewed]) -> Vec<(String, String)> {
        let mut writes = Vec::new();
        for one in previewed {
            let key = RecordKey::parse("acme", &one.kind, &one.id).unwrap();
            let record = self.plant.ledger().record(&key).await.unwrap().unwrap();
            let id = |id: &Option<String>| id.clone().unwrap_or_default();
            for write in &one.writes {
                let body = write.body.replace(SALE_ID, &id(&record.cin7.sale_id));
                let body = body.replace(CUSTOMER_ID, &id(&record.cin7.customer_id));
                writes.push((write.call.clone(), body));
            }
        }
        writes
    }

    pub(crate) fn pay(&self, invoice_id: i64, amount: &str) -> i64 {
        let payment = NewPayment {
            invoice_id,
            amount: amount.parse().unwrap(),
            payment_type: "Check".to_owned(),
            ..NewPayment::default()
        };
        self.freshbooks.record_payment(&self.account, payment)
    }

    fn draw(&self, form: NewInvoice) -> i64 {
        let id = self.freshbooks.create_invoice(&self.account, form);
        self.freshbooks.send_invoice(&self.account, id).unwrap();
        id
    }
}

#[tokio::test]
async fn what_is_previewed_is_what_is_written_byte_for_byte() {
    let (world, known) = World::at_work().await;
    let clients = [known, world.client("North Wind"), world.client("Blue Door")];
    let mut dice = Dice(42);
    let mut invoices = Vec::new();
    for day in 0..28 {
        let client = clients[dice.index(3)];
        invoices.push(world.draw(dice.invoice(client, day)));
    }
    for invoice in invoices.iter().step_by(3) {
        world.pay(*invoice, "0.01");
    }
    let before = world.plant.ledger().every_record().await.unwrap();
    world.cin7.reset_calls();
    let (previewed, pages) = world.previewed(None).await;
    assert_eq!(
        written(&world.cin7.calls(&world.keys)),
        [],
        "a preview writes"
    );
    let after = world.plant.ledger().every_record().await.unwrap();
    assert_eq!(after, before, "a preview makes no record");
    assert!(pages > 2, "{pages} pages");
    let held: Vec<_> = previewed
        .iter()
        .filter(|one| !matches!(one.outcome, Outcome::Write | Outcome::Unchanged))
        .collect();
    // EUR is paid onto an account in dollars.
    assert!(held.iter().all(|one| one.kind == "payment"), "{held:?}");

    world.cin7.reset_calls();
    assert!(world.deliver().await.iter().all(|status| *status == 200));
    world.settle().await;
    let expected = world.filled(&previewed).await;
    let made = written(&world.cin7.calls(&world.keys));
    assert!(made.len() > 90, "{} writes", made.len());
    // Within FreshBooks' lists payments have no order of their own.
    let (sales, payments): (Vec<_>, Vec<_>) = made
        .into_iter()
        .partition(|(call, _)| call != "POST /sale/payment");
    let (sales_told, payments_told): (Vec<_>, Vec<_>) = expected
        .into_iter()
        .partition(|(call, _)| call != "POST /sale/payment");
    assert_eq!(sales, sales_told);
    let sorted = |mut writes: Vec<(String, String)>| {
        writes.sort();
        writes
    };
    assert_eq!(sorted(payments), sorted(payments_told));
}

#[tokio::test]
async fn a_change_is_previewed_with_what_is_taken_back_first() {
    let (world, client) = World::at_work().await;
    let invoice = world.send(client, "20.00").await;
    world.settle().await;
    let stands = world.previewed_one(None, "invoice", invoice).await;
    assert_eq!(stands.outcome, Outcome::Unchanged);
    assert!(
        stands.writes.is_empty() && stands.sentence.contains("SO-"),
        "{stands:?}"
    );

    let edit = |form: &mut NewInvoice| form.lines[0].unit_cost = 30.into();
    world
        .freshbooks
        .update_invoice(&world.account, invoice, edit)
        .unwrap();
    let changed = world.previewed_one(None, "invoice", invoice).await;
    assert_eq!(changed.outcome, Outcome::Change);
    world.cin7.reset_calls();
    world.deliver().await;
    world.settle().await;
    let made = written(&world.cin7.calls(&world.keys));
    assert_eq!(made, world.filled(&[changed]).await);

    world
        .freshbooks
        .delete_invoice(&world.account, invoice)
        .unwrap();
    let deleted = world.previewed_one(None, "invoice", invoice).await;
    assert_eq!(deleted.outcome, Outcome::TakeBack);
    world.cin7.reset_calls();
    world.deliver().await;
    world.settle().await;
    let made = written(&world.cin7.calls(&world.keys));
    assert_eq!(made, world.filled(&[deleted]).await);
}

#[tokio::test]
async fn what_is_unmapped_is_told_with_the_line_to_add_and_crosses_with_it() {
    let (world, client) = World::at_work().await;
    let invoice = world.send_unheard(client, "20.00");
    let payment = world.pay(invoice, "5.00");
    let without = SETTINGS.replace("\"HST 13\" = \"HST 13\"\n", "");
    let waits = world
        .previewed_one(Some(&without), "invoice", invoice)
        .await;
    assert_eq!(waits.outcome, Outcome::Waiting);
    assert_eq!(waits.setting.as_deref(), Some("settings.taxes.\"HST 13\""));
    let add = "[settings.taxes]\n\"HST 13\" = \"HST 13\"";
    assert_eq!(waits.add.as_deref(), Some(add));
    let child = world
        .previewed_one(Some(&without), "payment", payment)
        .await;
    assert_eq!(
        (child.outcome, child.add.as_deref()),
        (Outcome::Waiting, Some(add))
    );
    let crosses = world.previewed_one(None, "payment", payment).await;
    assert_eq!(crosses.outcome, Outcome::Write, "{crosses:?}");
    assert!(crosses.writes[0].body.contains(SALE_ID), "{crosses:?}");
    let too_much = world.pay(invoice, "500.00");
    let too_much = world.previewed_one(None, "payment", too_much).await;
    assert_eq!(too_much.outcome, Outcome::Attention, "{too_much:?}");
}

#[tokio::test]
async fn drafts_and_old_documents_are_told_and_totals_are_by_month_and_kind() {
    let (world, client) = World::at_work().await;
    let day = |text: &str| NewInvoice {
        client_id: client,
        date: Some(text.parse().unwrap()),
        lines: vec![NewLine::new("Consulting", 1.into(), 10.into())],
        ..NewInvoice::default()
    };
    world
        .freshbooks
        .create_invoice(&world.account, day("2026-01-20"));
    world.draw(day("2026-01-21"));
    world.draw(day("2026-02-10"));
    let late = SETTINGS.replace("2026-01-01\"\nlocation", "2026-02-01\"\nlocation");
    assert_ne!(late, SETTINGS);
    let days = ("2026-01-15".parse().unwrap(), "2026-02-28".parse().unwrap());
    let page = world
        .desk()
        .preview_range(&id(), Some(&late), days, None)
        .await;
    let page = page.unwrap();
    let told: Vec<_> = page
        .totals
        .iter()
        .map(|sum| {
            format!(
                "{} {:?} {} × {} {}",
                sum.month, sum.outcome, sum.count, sum.total, sum.currency
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    2026-01 Waiting 1 × 10.00 USD
    2026-01 Skipped 1 × 10.00 USD
    2026-02 Write 1 × 10.00 USD
    ");
}

#[tokio::test]
async fn a_preview_that_cannot_be_is_one_sentence() {
    let (world, _) = World::at_work().await;
    let desk = world.desk();
    let days = ("2026-02-01".parse().unwrap(), "2026-01-01".parse().unwrap());
    let Err(Error::Invalid(sentence)) = desk.preview_range(&id(), None, days, None).await else {
        panic!("no day at all");
    };
    assert!(sentence.contains("the earlier day first"), "{sentence}");
    let days = (days.1, days.0);
    for cursor in [
        "",
        "invoice",
        "bill-1-0",
        "invoice-0-0-[]",
        "invoice-1-0-[7]",
        "invoice-0-0",
        "invoice-x-1",
    ] {
        let refused = desk.preview_range(&id(), None, days, Some(cursor)).await;
        assert!(
            matches!(refused, Err(Error::Invalid(_))),
            "{cursor}: {refused:?}"
        );
    }
    let key = |kind: &str| (kind.parse::<Kind>().unwrap(), "999".parse().unwrap());
    let none = desk.preview_one(&id(), None, key("invoice")).await;
    assert!(matches!(none, Err(Error::NotFound(_))), "{none:?}");
    let other = desk.preview_one(&id(), None, key("bill")).await;
    assert!(matches!(other, Err(Error::Invalid(_))), "{other:?}");
    let unread = desk
        .preview_one(&id(), Some("start_date = 5"), key("invoice"))
        .await;
    assert!(matches!(unread, Err(Error::Invalid(_))), "{unread:?}");
}
