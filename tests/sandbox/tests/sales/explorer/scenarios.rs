//! What happens in FreshBooks while the functions are watched.

use std::time::Duration;

use ledger::RecordKey;

use super::bought;
use super::calls::{Call, Service};
use super::exceptions::is_token;
use super::kinds::Kind;
use super::tokens::{A_QUIET_WEEK, KEEP, LOOK};
use crate::world::{NOUNS, Party, SETTINGS, Setup, World, dec, plain};

/// One short story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    /// An invoice is sent.
    Invoice,
    /// An invoice is sent and paid.
    InvoiceAndPayment,
    /// The same, and Cin7 shows what was written only some time after.
    ShownLate,
    /// An invoice is sent and paid, and only the payment is heard of at first.
    PaymentFirst,
    /// An invoice that crossed is changed.
    Change,
    /// An invoice that crossed with a payment is changed.
    ChangeOfPaid,
    /// An invoice that crossed is deleted.
    Delete,
    /// A payment that crossed is changed.
    PaymentChange,
    /// A payment that crossed is deleted.
    PaymentDelete,
    /// A payment that crossed and was taken back comes back.
    PaymentUndelete,
    /// Two invoices of one client are sent.
    TwoRecords,
    /// An invoice is sent in each of two connections.
    TwoConnections,
    /// An invoice is sent after a quiet week. The look at it needs a new token, and so does the poller,
    /// which asks for it first.
    Token,
    /// The same, and the look asks for it first.
    TokenOfTheLook,
    /// A bill is saved.
    Bill,
    /// A bill is saved and paid in part.
    BillAndPayment,
    /// An expense is recorded, which becomes a purchase with its payment.
    ExpenseAsPurchase,
    /// An expense is recorded, which becomes a money operation.
    ExpenseAsMoney,
    /// A person makes a journal entry.
    Journal,
}

/// A story under the name that it has in a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scenario {
    pub(super) name: &'static str,
    pub(super) story: Story,
}

/// What is explored.
pub(super) const SCENARIOS: &[Scenario] = &[
    of("invoice", Story::Invoice),
    of("invoice and payment", Story::InvoiceAndPayment),
    of("invoice and payment shown late", Story::ShownLate),
    of("payment first", Story::PaymentFirst),
    of("change", Story::Change),
    of("change of a paid invoice", Story::ChangeOfPaid),
    of("delete", Story::Delete),
    of("payment change", Story::PaymentChange),
    of("payment delete", Story::PaymentDelete),
    of("payment undelete", Story::PaymentUndelete),
    of("two records of one connection", Story::TwoRecords),
    of("two connections", Story::TwoConnections),
    of("token", Story::Token),
    of("token of the look", Story::TokenOfTheLook),
    of("bill", Story::Bill),
    of("bill and payment", Story::BillAndPayment),
    of("expense as purchase", Story::ExpenseAsPurchase),
    of("expense as money operation", Story::ExpenseAsMoney),
    of("journal", Story::Journal),
];

const fn of(name: &'static str, story: Story) -> Scenario {
    Scenario { name, story }
}

/// The scenario of this name.
pub(super) fn named(name: &str) -> Option<Scenario> {
    let mut all = SCENARIOS.iter();
    all.find(|scenario| scenario.name == name).copied()
}

/// A document that a story is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Document {
    /// Which of the world's connections.
    pub(super) party: usize,
    pub(super) kind: &'static str,
    pub(super) id: i64,
}

impl Document {
    /// The key of its record.
    pub(super) fn key(&self, world: &World) -> RecordKey {
        let party = &world.parties()[self.party];
        RecordKey::parse(party.id, self.kind, &self.id.to_string()).unwrap()
    }

    fn is_polled(&self) -> bool {
        !NOUNS.contains(&self.kind)
    }
}

pub(super) fn document(party: usize, kind: &'static str, id: i64) -> Document {
    Document { party, kind, id }
}

impl Story {
    /// How long after a write Cin7 shows the state before it.
    pub(super) fn lag(self) -> Duration {
        match self {
            Self::ShownLate => Duration::from_secs(20),
            _ => Duration::ZERO,
        }
    }

    /// The settings of its connections.
    pub(super) fn settings(self) -> String {
        match self {
            Self::Bill | Self::BillAndPayment | Self::ExpenseAsPurchase | Self::Journal => {
                bought::settings("purchase")
            }
            Self::ExpenseAsMoney => bought::settings("spend_money"),
            _ => SETTINGS.to_owned(),
        }
    }

    /// When the poller begins to keep the connection alive while the processor works; none where it
    /// does not.
    pub(super) fn keep_begins(self) -> Option<fn(&[Call]) -> bool> {
        match self {
            Self::Token => Some(|_| true),
            // The look has its record, and both come to the lease of the token together.
            Self::TokenOfTheLook => Some(|calls| {
                let claims = |call: &Call| call.by == LOOK && call.name == "TransactWriteItems";
                calls.iter().any(claims)
            }),
            _ => None,
        }
    }

    /// Whether this fault is tried at this call. What befalls the same call of another scenario in just
    /// the same way is tried there.
    pub(super) fn explores(self, before: &[Call], call: &Call, kind: Kind) -> bool {
        match self {
            // It differs from an invoice and its payment in what Cin7 shows, and so in what Cin7's
            // answers lead to and in what whoever comes after a death sees.
            Self::ShownLate => {
                call.service == Service::Cin7
                    || matches!(kind, Kind::KilledBefore | Kind::KilledAfter)
            }
            // They share functions and no record: what one call of one of them meets is the scenario of
            // an invoice, but a death or a wait is in the way of both.
            Self::TwoConnections => kind.is_in_the_way(),
            // Once the look has its token and its document, it is that of any invoice.
            Self::Token => {
                let posts = |call: &Call| call.by == LOOK && call.service == Service::Cin7;
                call.by == KEEP || call.by == LOOK && !posts(call) && !before.iter().any(posts)
            }
            // The two scenarios differ until the look has its token.
            Self::TokenOfTheLook => {
                let uses = |call: &Call| {
                    call.by == LOOK && call.service == Service::Freshbooks && !is_token(call)
                };
                call.by != 0 && !before.iter().any(uses)
            }
            _ => true,
        }
    }

    /// What stands before the functions are watched.
    pub(super) async fn prepare(self, world: &mut World) -> Vec<Document> {
        match self {
            Self::TwoConnections => {
                world.join("bravo", Setup::default()).await;
                Vec::new()
            }
            Self::Change | Self::Delete => {
                let id = crossed(world).await;
                vec![document(0, "invoice", id)]
            }
            Self::ChangeOfPaid | Self::PaymentChange | Self::PaymentDelete => {
                paid(world).await.to_vec()
            }
            Self::Token | Self::TokenOfTheLook => {
                // A token that was in use, and ended.
                let acme = world.acme().id.parse().unwrap();
                world.plant.desk().businesses(&acme).await.unwrap();
                world.clock.advance(A_QUIET_WEEK);
                Vec::new()
            }
            Self::PaymentUndelete => {
                let cast = paid(world).await;
                world.delete_payment(cast[1].id);
                world.deliver().await;
                world.settle().await;
                cast.to_vec()
            }
            _ => Vec::new(),
        }
    }

    /// What people do then; `cast` is added to. Their webhooks wait to be delivered; what no webhook tells
    /// of is on the queue, as catch-up puts it there.
    pub(super) async fn act(self, world: &World, cast: &mut Vec<Document>) {
        let acme = world.acme();
        match self {
            Self::Invoice | Self::Token | Self::TokenOfTheLook => {
                cast.push(document(0, "invoice", sent(world, acme, "250.00")));
            }
            Self::InvoiceAndPayment | Self::ShownLate => {
                let id = sent(world, acme, "250.00");
                cast.push(document(0, "invoice", id));
                cast.push(document(0, "payment", world.pay(id, "100.00")));
            }
            Self::PaymentFirst => {
                let id = sent(world, acme, "250.00");
                cast.push(document(0, "invoice", id));
                world.freshbooks.take_pending();
                cast.push(document(0, "payment", world.pay(id, "100.00")));
            }
            Self::Change | Self::ChangeOfPaid => {
                let edit = |form: &mut freshbooks_stand_in::NewInvoice| {
                    form.lines[0].unit_cost = dec("300.00");
                };
                let changed = world
                    .freshbooks
                    .update_invoice(&acme.account, cast[0].id, edit);
                changed.unwrap();
            }
            Self::Delete => {
                let deleted = world.freshbooks.delete_invoice(&acme.account, cast[0].id);
                deleted.unwrap();
            }
            Self::PaymentChange => {
                world.change_payment(cast[1].id, |form| form.amount = dec("120.00"));
            }
            Self::PaymentDelete => world.delete_payment(cast[1].id),
            Self::PaymentUndelete => world.undelete_payment(cast[1].id),
            Self::TwoRecords => {
                let client = world.client("Harbour Studio");
                for cost in ["250.00", "40.00"] {
                    let id = sent_to(world, acme, client, cost);
                    cast.push(document(0, "invoice", id));
                }
            }
            Self::TwoConnections => {
                for (number, party) in world.parties().iter().enumerate() {
                    cast.push(document(number, "invoice", sent(world, party, "250.00")));
                }
            }
            Self::Bill => cast.push(bought::bill(world)),
            Self::BillAndPayment => cast.extend(bought::bill_and_payment(world)),
            Self::ExpenseAsPurchase | Self::ExpenseAsMoney => cast.push(bought::expense(world)),
            Self::Journal => cast.push(bought::journal(world)),
        }
        for document in cast.iter().filter(|document| document.is_polled()) {
            world.ask_again(&document.key(world)).await;
        }
    }
}

/// An invoice that is confirmed, with nothing left to be delivered.
async fn crossed(world: &World) -> i64 {
    let id = sent(world, world.acme(), "250.00");
    world.deliver().await;
    world.settle().await;
    world.assert_confirmed(id).await;
    id
}

/// The same with a payment of part of it.
async fn paid(world: &World) -> [Document; 2] {
    let id = crossed(world).await;
    let payment = world.pay(id, "100.00");
    world.deliver().await;
    world.settle().await;
    world.assert_paid(id, payment, "100.00").await;
    [document(0, "invoice", id), document(0, "payment", payment)]
}

fn sent(world: &World, party: &Party, cost: &str) -> i64 {
    let client = world.client_of(party, "Harbour Studio");
    sent_to(world, party, client, cost)
}

/// One webhook of each invoice is enough: that of the draft is dropped.
fn sent_to(world: &World, party: &Party, client: i64, cost: &str) -> i64 {
    let others = world.freshbooks.pending().len();
    let id = world
        .freshbooks
        .create_invoice(&party.account, plain(client, cost));
    world.freshbooks.drop_pending_after(others);
    world.freshbooks.send_invoice(&party.account, id).unwrap();
    id
}
