//! Proving one history: it is played, everything settles, and what stands is what should.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use cin7_stand_in::Sale;
use freshbooks_stand_in::{DeletedById, Quirks};
use futures::FutureExt;

use super::arrival::History;
use super::expected::{CASH, expected, held};
use super::office::Office;
use super::play::{Losses, Told, play, play_in_order, tell};
use super::repeats::{hear_of_what_never_counted, placed, repeats_cost_nothing};
use super::settling::{catch_up, settle};
use crate::world::{Setup, World, is_of};

/// In what kind of world histories are played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Nothing fails, and Cin7 shows at once what was written.
    Undisturbed,
    /// A read of Cin7 shows a write only after 20 seconds.
    Lagging,
    /// The same, and answers are lost, calls fail and functions are killed.
    Troubled,
    /// Nothing fails, but so many of a hundred webhooks never arrive: the poller catches up.
    Missed(usize),
}

/// Plays histories one after another, on one runtime and with one HTTP client.
pub(super) struct Prover {
    pub(super) manner: Manner,
    pub(super) runtime: tokio::runtime::Runtime,
    pub(super) http: reqwest::Client,
}

impl Prover {
    pub(super) fn new(manner: Manner) -> Self {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        Self {
            manner,
            runtime: runtime.enable_all().build().unwrap(),
            http: sync::http::client(sync::http::Timeouts::default()).unwrap(),
        }
    }

    /// Whether a history ends as it should; else everything about it, in words.
    pub(super) fn prove(&self, history: &History) -> Result<(), String> {
        self.runtime.block_on(async {
            let shuffled = self.ending_of(history, self.manner, false).await?;
            if matches!(self.manner, Manner::Lagging | Manner::Troubled) {
                return Ok(());
            }
            let in_order = self.ending_of(history, Manner::Undisturbed, true).await?;
            if shuffled == in_order {
                return Ok(());
            }
            Err(format!(
                "out of order Cin7 holds\n{shuffled}\nand in order\n{in_order}\n{history:?}"
            ))
        })
    }

    /// All that stands in Cin7 in the end; in words what is wrong where something is.
    async fn ending_of(
        &self,
        history: &History,
        manner: Manner,
        in_order: bool,
    ) -> Result<String, String> {
        let world = World::start_on(self.http.clone(), setup(manner)).await;
        let told = Told::default();
        let ended = AssertUnwindSafe(ending(&world, history, manner, in_order, &told))
            .catch_unwind()
            .await;
        let why = match ended {
            Ok(Ok(())) => return Ok(picture(&world)),
            Ok(Err(why)) => why,
            Err(panic) => said(&*panic),
        };
        let (told, records) = (told.text(), tell(&world).await);
        Err(format!("{why}\n\n{told}\n{records}"))
    }
}

pub(super) fn setup(manner: Manner) -> Setup {
    let cash = format!("default = \"090\"\nCash = \"{CASH}\"");
    let mut setup = Setup {
        engine: sync::Options::default(),
        invocation: Duration::from_mins(2),
        ..Setup::settings("default = \"090\"", &cash)
    };
    let accounts = &mut setup.cin7.books.accounts;
    let bank = accounts.iter().find(|account| account.code == "090");
    let mut till = bank.unwrap().clone();
    CASH.clone_into(&mut till.code);
    accounts.push(till);
    if matches!(manner, Manner::Lagging | Manner::Troubled) {
        setup.cin7.lag = Duration::from_secs(20);
    }
    setup
}

async fn ending(
    world: &World,
    history: &History,
    manner: Manner,
    in_order: bool,
    told: &Told,
) -> Result<(), String> {
    // The token and the books are there: a function that dies while it renews the token takes the
    // connection with it, which is another story.
    let mut office = Office::open(world);
    let first = world.warm_up(world.client("Old Mill")).await;
    office.invoices.push(first);
    world.freshbooks.take_pending();
    if history.gone {
        told.say("what is deleted is no longer answered with");
        let account = &world.acme().account;
        let gone = |quirks: &mut Quirks| quirks.deleted_by_id = DeletedById::Errno1011;
        world.freshbooks.set_quirks(account, gone);
    }
    if in_order {
        play_in_order(world, &mut office, history, told).await;
    } else if let Manner::Missed(share) = manner {
        play(world, &mut office, history, Losses::new(share), told).await;
        catch_up(world).await?;
    } else {
        play(world, &mut office, history, Losses::new(0), told).await;
    }
    settle(world).await?;
    world.cin7.clear_faults();
    world.freshbooks.clear_faults();
    let (should, does) = (expected(world, &office), held(world)?);
    if should != does {
        return Err(format!(
            "Cin7 should hold\n{should:#?}\nand holds\n{does:#?}"
        ));
    }
    if matches!(manner, Manner::Missed(_)) {
        hear_of_what_never_counted(world, &office, &should).await?;
    }
    placed(world, &office, &should).await?;
    blamed_nobody(world).await?;
    world.check().await;
    repeats_cost_nothing(world, &office, &should).await?;
    world.check().await;
    Ok(())
}

/// No person was at work in Cin7, so no pass of the poller may have taken anything for a person's doing.
async fn blamed_nobody(world: &World) -> Result<(), String> {
    let ledger = world.plant.ledger();
    for record in ledger.every_record().await.unwrap() {
        for entry in ledger.trail(&record.key).await.unwrap() {
            if entry.what == "attention" && entry.by.starts_with("poller") {
                return Err(format!("{} was blamed: {:?}", record.key, entry.detail));
            }
        }
    }
    Ok(())
}

/// What stands in Cin7, without what differs from run to run: ids, numbers given in passing, times of
/// writing, and of which generation a mark is.
fn picture(world: &World) -> String {
    let party = world.acme();
    let mut sales: Vec<String> = world
        .cin7
        .sales(&party.keys)
        .into_iter()
        .filter(|sale| !sale.voided)
        .map(|sale| format!("{:#?}", anonymous(sale)))
        .collect();
    sales.sort();
    sales.join("\n")
}

fn anonymous(mut sale: Sale) -> Sale {
    let never = jiff::Timestamp::UNIX_EPOCH;
    sale.id = Default::default();
    sale.order_number.clear();
    sale.header.customer_id = Default::default();
    first_generation(&mut sale.header.external_id);
    (sale.created, sale.updated) = (never, never);
    for invoice in &mut sale.invoices {
        invoice.task_id = Default::default();
        invoice.number.clear();
    }
    for payment in &mut sale.payments {
        payment.id = Default::default();
        payment.task_id = Default::default();
        payment.date_created = never;
        first_generation(&mut payment.reference);
    }
    sale.payments
        .sort_by(|one, other| one.reference.cmp(&other.reference));
    sale
}

fn first_generation(mark: &mut String) {
    let parts: Vec<&str> = mark.split(':').take(4).collect();
    let first = parts.join(":");
    if is_of(&first, mark) {
        *mark = first;
    }
}

/// The text of a panic.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| Some((*panic.downcast_ref::<&str>()?).to_owned()));
    text.unwrap_or_else(|| "it panicked".to_owned())
}
