//! A month in a small business, against the stand-ins.
//!
//! Everything that happens is told as it happens, and at the end a table says where every document
//! stands, what FreshBooks and Cin7 say of it, and whether that is where it should be; then come the
//! totals of both, and what explains their difference. The clock is moved on by whatever waits, so that
//! a throttled minute and a night take no time.

mod books;
mod document;
mod errands;
mod office;
mod people;
mod script;
mod story;
mod table;
mod totals;

use std::sync::Arc;

use clock::ManualClock;
use jiff::Timestamp;
use jiff::civil::date;
use tieout::Month;

use crate::NotStarted;
use crate::plant::not;
use office::Office;

/// Monday, 5 January 2026, nine in the morning in Toronto.
const MORNING: i64 = 1_767_621_600;

/// Lets the month happen. `true` if every document ended where it should, both totals agree but for what
/// the records explain, and the tie-out of the month names a cause for every cent; without `once` it then stays until Ctrl-C, so that records and trails can
/// be looked at.
///
/// # Errors
/// What could not be started, or not be asked of the stand-ins.
pub async fn run(once: bool) -> Result<bool, NotStarted> {
    let morning = Timestamp::from_second(MORNING).unwrap_or(Timestamp::UNIX_EPOCH);
    let office = Office::open(Arc::new(ManualClock::new(morning))).await?;
    let story = script::play(&office).await?;
    let right = table::show(&story).await? & tied_out(&office).await?;
    if !once {
        story::say(&format!(
            "Records and trails: {}/sandbox/records. Ctrl-C ends it.",
            office.url()
        ));
        // Whether the signal came or could not be waited for, the month is over.
        let _ = tokio::signal::ctrl_c().await;
    }
    Ok(right)
}

/// Prints the month's tie-out, which reads both services itself; `true` where every cent has a cause.
///
/// # Errors
/// There is none, or one of the services could not be asked.
async fn tied_out(office: &Office) -> Result<bool, NotStarted> {
    let connection = "acme".parse().map_err(not("the name of the connection"))?;
    let month = Month::of(date(2026, 1, 31));
    let tied = office.plant.tie_out(&connection, month).await;
    let tied = tied.map_err(not("the tie-out"))?;
    let tied = tied.ok_or_else(|| not("the tie-out")("there is no such connection"))?;
    story::say("");
    story::say(&format!("Tie-out of {month}:"));
    story::say(&tieout::table(&tied));
    Ok(tied.is_explained() && tied.unread.is_empty())
}
