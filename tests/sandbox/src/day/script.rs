//! What happens on the day.

use cin7_stand_in::{Fault, Matcher};
use freshbooks_stand_in::{NewClient, NewInvoice, NewLine, sign};
use ledger::State;
use money::Decimal;

use super::office::Office;
use super::table::say;

/// One invoice of the day, and where it should end.
pub(super) struct Case {
    pub(super) id: i64,
    pub(super) what: &'static str,
    pub(super) ends: State,
}

fn client(office: &Office, organization: &str, email: &str) -> i64 {
    let form = NewClient {
        organization: organization.into(),
        email: email.into(),
        ..NewClient::default()
    };
    office.freshbooks.create_client(&office.account, form)
}

fn dec(value: i64, places: u32) -> Decimal {
    Decimal::new(value, places)
}

fn line(name: &str, quantity: Decimal, unit_cost: Decimal) -> NewLine {
    NewLine::new(name, quantity, unit_cost)
}

fn invoice(client_id: i64, lines: Vec<NewLine>) -> NewInvoice {
    NewInvoice {
        client_id,
        due_offset_days: 30,
        lines,
        ..NewInvoice::default()
    }
}

/// Sends a new invoice to its client, and its webhooks to the connector.
async fn send(office: &Office, form: NewInvoice) -> (i64, Vec<u16>) {
    let id = office.freshbooks.create_invoice(&office.account, form);
    // The invoice was made a line ago.
    let _ = office.freshbooks.send_invoice(&office.account, id);
    (id, office.deliver().await)
}

async fn told(office: &Office, id: i64, what: &'static str, ends: State) -> Case {
    let row = office.row(id).await;
    let number = row
        .as_ref()
        .and_then(|row| row.number.clone())
        .unwrap_or_else(|| id.to_string());
    let state = row.as_ref().map_or("unknown", |row| row.state.name());
    say(&format!("  invoice {number}: {what} → {state}"));
    if let Some(row) = row.filter(|row| !row.sentence.is_empty()) {
        say(&format!("    {}", row.sentence));
    }
    Case { id, what, ends }
}

/// Lets the day happen, from morning to evening.
pub(super) async fn play(office: &Office) -> Vec<Case> {
    let mut cases = morning(office).await;
    cases.extend(noon(office).await);
    cases.extend(afternoon(office, cases[0].id).await);
    say("Evening: what is due is tried again, and Cin7 is asked what arrived.");
    office.settle().await;
    cases
}

/// Ordinary invoices, one of each kind.
async fn morning(office: &Office) -> Vec<Case> {
    say("Morning: invoices are sent; each arrives as a signed webhook.");
    if let Err(error) = office
        .known_customer("Corner Bakery", "orders@bakery.example")
        .await
    {
        say(&format!("  {error}"));
    }
    let bakery = client(office, "Corner Bakery", "office@bakery.example");
    let harbour = client(office, "Harbour Studio", "hello@harbour.example");
    let mut cases = Vec::new();

    let hst = invoice(
        bakery,
        vec![line("Espresso machine service", dec(2, 0), dec(5000, 2)).tax("HST", dec(13, 0))],
    );
    let (id, _) = send(office, hst).await;
    cases.push(
        told(
            office,
            id,
            "HST, a client that Cin7 knows by name",
            State::Confirmed,
        )
        .await,
    );

    let two = line("Design work", dec(3, 0), dec(3333, 2))
        .tax("GST", dec(5, 0))
        .tax("PST", dec(7, 0));
    let (id, _) = send(office, invoice(harbour, vec![two])).await;
    cases.push(
        told(
            office,
            id,
            "two taxes on a line, a new client",
            State::Confirmed,
        )
        .await,
    );

    let discounted = NewInvoice {
        discount_percent: dec(10, 0),
        ..invoice(
            harbour,
            vec![line("Retainer", dec(1, 0), dec(10000, 2)).tax("HST", dec(13, 0))],
        )
    };
    let (id, _) = send(office, discounted).await;
    cases.push(told(office, id, "10 % discount, then HST", State::Confirmed).await);

    let lines = (1..=30).map(|number| {
        let hours = if number % 3 == 0 {
            dec(5, 1)
        } else {
            dec(number, 0)
        };
        line(&format!("Job {number}"), hours, dec(1111 + 7 * number, 2)).tax("HST", dec(13, 0))
    });
    let (id, _) = send(office, invoice(bakery, lines.collect())).await;
    cases.push(
        told(
            office,
            id,
            "thirty lines, some of half an hour",
            State::Confirmed,
        )
        .await,
    );
    cases
}

/// Another currency, a client known by e-mail only, a draft, and a tax nobody has mapped.
async fn noon(office: &Office) -> Vec<Case> {
    say("Noon: less ordinary ones.");
    let berlin = client(office, "Atelier Berlin", "post@atelier.example");
    if let Err(error) = office
        .known_customer("Jo's Garage", "jo@garage.example")
        .await
    {
        say(&format!("  {error}"));
    }
    let garage = client(office, "Jo Miller", "jo@garage.example");
    let mut cases = Vec::new();

    let euros = NewInvoice {
        currency_code: Some("EUR".into()),
        ..invoice(
            berlin,
            vec![line("Exhibition stand", dec(1, 0), dec(123_456, 2))],
        )
    };
    let (id, _) = send(office, euros).await;
    cases.push(told(office, id, "in euros, untaxed", State::Confirmed).await);

    let tires = invoice(
        garage,
        vec![line("Blue Widget", dec(4, 0), dec(8999, 2)).tax("HST", dec(13, 0))],
    );
    let (id, _) = send(office, tires).await;
    cases.push(
        told(
            office,
            id,
            "a stock product by its name, a client known by e-mail",
            State::Confirmed,
        )
        .await,
    );

    let id = office.freshbooks.create_invoice(
        &office.account,
        invoice(garage, vec![line("Idea", dec(1, 0), dec(500, 2))]),
    );
    office.deliver().await;
    cases.push(told(office, id, "a draft", State::Waiting).await);

    let odd = invoice(
        garage,
        vec![line("Luxury goods", dec(1, 0), dec(2000, 2)).tax("LUX", dec(33, 0))],
    );
    let (id, _) = send(office, odd).await;
    cases.push(told(office, id, "a tax that no setting maps", State::Waiting).await);
    cases
}

/// Things that go wrong.
async fn afternoon(office: &Office, first: i64) -> Vec<Case> {
    say("Afternoon: things go wrong.");
    let harbour = client(office, "Harbour Studio", "hello@harbour.example");
    let work = |cents: i64| {
        invoice(
            harbour,
            vec![line("Photo shoot", dec(1, 0), dec(cents, 2)).tax("HST", dec(13, 0))],
        )
    };
    let mut cases = Vec::new();

    duplicate_and_forgery(office, first).await;

    office
        .cin7
        .fail(Matcher::new("POST", "sale"), Fault::LostAfter);
    let (id, _) = send(office, work(25_000)).await;
    cases.push(
        told(
            office,
            id,
            "the reply to its sale was lost",
            State::Confirmed,
        )
        .await,
    );

    office
        .cin7
        .fail(Matcher::new("POST", "sale/invoice"), Fault::LostBefore);
    let (id, _) = send(office, work(30_000)).await;
    cases.push(
        told(
            office,
            id,
            "its invoice was lost on the way",
            State::Confirmed,
        )
        .await,
    );

    office
        .cin7
        .fail(Matcher::new("POST", "sale/order"), Fault::Limit429);
    let (id, _) = send(office, work(35_000)).await;
    cases.push(
        told(
            office,
            id,
            "Cin7 was throttled for a minute",
            State::Confirmed,
        )
        .await,
    );
    cases
}

async fn duplicate_and_forgery(office: &Office, first: i64) {
    let account = &office.account.account_id;
    let uri = format!("{}/freshbooks/acme/invoice", office.url());
    let id = first.to_string();
    let fields = [
        ("name", "invoice.update"),
        ("object_id", id.as_str()),
        ("account_id", account.as_str()),
    ];
    let http = sync::http::client(sync::http::Timeouts::default());
    let Ok(http) = http else { return };
    let post = async |verifier: &str| {
        let (body, signature) = sign(verifier, &fields);
        let request = http
            .post(&uri)
            .header("X-FreshBooks-Hmac-SHA256", signature);
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        request
            .send()
            .await
            .map(|answer| answer.status().as_u16())
            .unwrap_or_default()
    };
    let before = office.cin7.calls(&office.keys).len();
    let status = post(super::office::VERIFIER).await;
    office.work().await;
    let calls = office.cin7.calls(&office.keys).len() - before;
    say(&format!(
        "  the first invoice is delivered again: answered {status}, {calls} Cin7 calls"
    ));
    let status = post("NotTheVerifierOfThisCallback00000").await;
    say(&format!(
        "  a forged delivery: answered {status}, nothing queued"
    ));
}
