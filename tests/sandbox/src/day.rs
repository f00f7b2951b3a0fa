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

use crate::NotStarted;
use office::Office;

/// Monday, 5 January 2026, nine in the morning in Toronto.
const MORNING: i64 = 1_767_621_600;

/// Lets the month happen. `true` if every document ended where it should and both totals agree but for
/// what the records explain; without `once` it then stays until Ctrl-C, so that records and trails can
/// be looked at.
///
/// # Errors
/// What could not be started, or not be asked of the stand-ins.
pub async fn run(once: bool) -> Result<bool, NotStarted> {
    let morning = Timestamp::from_second(MORNING).unwrap_or(Timestamp::UNIX_EPOCH);
    let office = Office::open(Arc::new(ManualClock::new(morning))).await?;
    let story = script::play(&office).await?;
    let right = table::show(&story).await?;
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
