//! What happens in the month: the first day from morning to evening, then the other days.

mod changes;
mod connecting;
mod invoices;
mod month;
mod payments;
mod playing;
mod trouble;

use serde_json::json;

use super::office::Office;
use super::story::{Story, say};
use crate::NotStarted;

pub(super) use month::Bought;

/// Lets the month happen.
///
/// # Errors
/// A person could not act in Cin7, or not ask for a replay.
pub(super) async fn play(office: &Office) -> Result<Story<'_>, NotStarted> {
    let mut story = Story::new(office);
    say("Before the doors open: Dana Reyes connects FreshBooks and Cin7.");
    connecting::dana_connects(&mut story).await?;
    say("");
    let first = invoices::morning(&mut story).await?;
    let euros = invoices::noon(&mut story).await?;
    payments::clients_pay(&mut story, &first, euros).await;
    changes::minds_change(&mut story, &first).await?;
    trouble::things_go_wrong(&mut story, first.hst).await?;

    say("");
    say("Evening: what is due is tried again, and Cin7 is asked what arrived.");
    office.settle().await;
    story.tell_what_moved().await;

    playing::the_rest_of_the_month(&mut story).await?;
    say("");
    say("The last night of the month: FreshBooks and Cin7 are asked for everything once more.");
    story.tell_what_moved().await;

    let (_, before) = office.cin7_calls();
    let why = "end of the month: is everything where it belongs?";
    let answer = office.replay(json!({}), "Dana Reyes", why).await?;
    let (_, after) = office.cin7_calls();
    let (replayed, writes) = (&answer["replayed"], after - before);
    let every = *replayed == story.cases.len();
    story.tell_of(
        &format!(
            "Dana Reyes replays every record: {replayed} looked at again, {writes} writes to Cin7"
        ),
        every && writes == 0,
    );
    Ok(story)
}
