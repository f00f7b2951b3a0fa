//! Morning and noon: invoices are sent.

use freshbooks_stand_in::NewInvoice;
use ledger::State;

use super::super::document::Document;
use super::super::people::{dec, invoice, line, taxed};
use super::super::story::{Story, say};
use crate::NotStarted;

/// The first invoices of the day, which are paid and changed later on.
pub(super) struct First {
    /// 113.00 USD.
    pub(super) hst: i64,
    /// 111.99 USD.
    pub(super) two_taxes: i64,
    /// 101.70 USD.
    pub(super) discounted: i64,
    /// The client of the last two.
    pub(super) harbour: i64,
}

/// Ordinary invoices, one of each kind.
pub(super) async fn morning(story: &mut Story<'_>) -> Result<First, NotStarted> {
    say("Morning: invoices are sent; each arrives as a signed webhook.");
    let office = story.office;
    let known = office.known_customer("Corner Bakery", "orders@bakery.example");
    known.await?;
    let bakery = office.client("Corner Bakery", "office@bakery.example");
    let harbour = office.client("Harbour Studio", "hello@harbour.example");
    let confirmed = State::Confirmed;

    let service = line("Espresso machine service", dec(2, 0), dec(5000, 2));
    let hst = invoice(bakery, vec![service.tax("HST", dec(13, 0))]);
    let hst = office.send(hst).await;
    let what = "HST, a client that Cin7 knows by name";
    story.tell(Document::Invoice(hst), what, confirmed).await;

    let design = line("Design work", dec(3, 0), dec(3333, 2));
    let design = design.tax("GST", dec(5, 0)).tax("PST", dec(7, 0));
    let two_taxes = office.send(invoice(harbour, vec![design])).await;
    let what = "two taxes on a line, a new client";
    story
        .tell(Document::Invoice(two_taxes), what, confirmed)
        .await;

    let discounted = NewInvoice {
        discount_percent: dec(10, 0),
        ..invoice(harbour, vec![taxed("Retainer", 10_000)])
    };
    let discounted = office.send(discounted).await;
    let what = "10 % discount, then HST";
    story
        .tell(Document::Invoice(discounted), what, confirmed)
        .await;

    let lines = (1..=30).map(|number| {
        let half = number % 3 == 0;
        let hours = if half { dec(5, 1) } else { dec(number, 0) };
        line(&format!("Job {number}"), hours, dec(1111 + 7 * number, 2)).tax("HST", dec(13, 0))
    });
    let thirty = office.send(invoice(bakery, lines.collect())).await;
    let what = "thirty lines, some of half an hour";
    story.tell(Document::Invoice(thirty), what, confirmed).await;
    Ok(First {
        hst,
        two_taxes,
        discounted,
        harbour,
    })
}

/// Another currency, a client known by e-mail only, a draft, and a tax nobody has mapped. The invoice
/// in euros.
pub(super) async fn noon(story: &mut Story<'_>) -> Result<i64, NotStarted> {
    say("");
    say("Noon: less ordinary ones.");
    let office = story.office;
    let berlin = office.client("Atelier Berlin", "post@atelier.example");
    let known = office.known_customer("Jo's Garage", "jo@garage.example");
    known.await?;
    let garage = office.client("Jo Miller", "jo@garage.example");

    let stand = line("Exhibition stand", dec(1, 0), dec(123_456, 2));
    let euros = NewInvoice {
        currency_code: Some("EUR".into()),
        ..invoice(berlin, vec![stand])
    };
    let euros = office.send(euros).await;
    let what = "in euros, untaxed";
    story
        .tell(Document::Invoice(euros), what, State::Confirmed)
        .await;

    let widgets = line("Blue Widget", dec(4, 0), dec(8999, 2)).tax("HST", dec(13, 0));
    let id = office.send(invoice(garage, vec![widgets])).await;
    let what = "a stock product by its name, a client known by e-mail";
    story
        .tell(Document::Invoice(id), what, State::Confirmed)
        .await;

    let idea = invoice(garage, vec![line("Idea", dec(1, 0), dec(500, 2))]);
    let id = office.freshbooks.create_invoice(&office.account, idea);
    office.deliver().await;
    story
        .tell(Document::Invoice(id), "a draft", State::Waiting)
        .await;

    let luxury = line("Luxury goods", dec(1, 0), dec(2000, 2)).tax("LUX", dec(33, 0));
    let id = office.send(invoice(garage, vec![luxury])).await;
    let what = "a tax that no setting maps";
    story
        .tell(Document::Invoice(id), what, State::Waiting)
        .await;
    Ok(euros)
}
