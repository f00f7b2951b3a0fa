//! One run: a story in a world of its own, with the faults that it is told.

use std::fmt;
use std::panic::AssertUnwindSafe;
use std::str::FromStr;
use std::sync::Arc;

use ledger::State;

use super::calls::{Call, Fault, Follower};
use super::crew::Alone;
use super::exceptions::{self, Exception, Remedy};
use super::judging::{Judged, judge};
use super::scenarios::{Document, Scenario, Story, named};
use super::settling::{INVOCATION, settle};
use super::tokens::{judge_tokens, look_and_keep, waits_for_consent};
use crate::pictures::{Picture, difference, picture};
use crate::world::{Setup, World};

/// What is to be run, written `invoice: cin7#7=lost-after, dynamodb#12=throttle`.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) scenario: Scenario,
    pub(super) faults: Vec<Fault>,
    /// Whether to tell what the ledger holds in the end.
    pub(super) in_full: bool,
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults: Vec<String> = self.faults.iter().map(Fault::to_string).collect();
        write!(f, "{}: {}", self.scenario.name, faults.join(", "))
    }
}

impl FromStr for Run {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, faults) = text.split_once(':').unwrap_or((text, ""));
        let faults = faults
            .split(',')
            .filter(|fault| !fault.trim().is_empty())
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        let scenario =
            named(name.trim()).ok_or_else(|| format!("there is no scenario {name:?}"))?;
        Ok(Self {
            scenario,
            faults,
            in_full: true,
        })
    }
}

/// How a run ended.
#[derive(Debug, Clone)]
pub(super) enum End {
    /// As without a fault, once a person had helped after these.
    Well(Vec<&'static Exception>),
    /// Somehow else.
    Badly(String),
}

/// What a run came to.
#[derive(Debug)]
pub(super) struct Played {
    pub(super) end: End,
    pub(super) calls: Vec<Call>,
    /// All that stood in Cin7 in the end.
    pub(super) picture: Picture,
    /// What the ledger holds in the end, where that was asked for.
    pub(super) told: String,
}

/// Plays a run to its end. `without` is what stands in Cin7 when there is no fault.
pub(super) async fn play(alone: &Alone, run: &Run, without: Option<&Picture>) -> Played {
    let settings = run.scenario.story.settings();
    let setup = Setup {
        aws: Some(alone.started(&settings)),
        settings,
        engine: sync::Options::default(),
        invocation: INVOCATION,
        ..Setup::cin7(|account| account.lag = run.scenario.story.lag())
    };
    let mut world = World::start_on(alone.http.clone(), setup).await;
    let mut cast = run.scenario.story.prepare(&mut world).await;
    let follower = Follower::of(&world, &run.faults);
    let story = run.scenario.story;
    story.act(&world, &mut cast).await;
    if let Some(keep_begins) = story.keep_begins() {
        look_and_keep(&world, &follower, keep_begins).await;
    }
    let end = finish(&world, &follower, &cast, run, without).await;
    let told = match run.in_full {
        true => tell(&world).await,
        false => String::new(),
    };
    Played {
        end: end.map_or_else(End::Badly, End::Well),
        calls: follower.made(),
        picture: picture(&world),
        told,
    }
}

/// Lets the world settle; where a person has to help by the table of exceptions, does so and looks
/// again, once for each fault at most. What was needed, or what is wrong.
async fn finish(
    world: &World,
    follower: &Arc<Follower>,
    cast: &[Document],
    run: &Run,
    without: Option<&Picture>,
) -> Result<Vec<&'static Exception>, String> {
    let mut helped: Vec<&Exception> = Vec::new();
    let allowed = run.faults.len();
    let of_tokens = run.scenario.story.keep_begins().is_some();
    loop {
        settle(world, follower).await?;
        held(world.check()).await?;
        let Judged { broken, seen } = judge(world, cast).await;
        if !broken.is_empty() {
            return Err(broken.join("\n    "));
        }
        if seen.is_empty() {
            break;
        }
        let exceptions = exceptions::of(&follower.made());
        let unused = |exception: &&&Exception| {
            let used = helped.iter().filter(|used| used.reason == exception.reason);
            exception.remedy != Remedy::AnotherSale && used.count() < allowed
        };
        let Some(exception) = exceptions.iter().find(unused) else {
            return Err(format!(
                "{}\n    and no exception says that it may",
                seen.join("\n    ")
            ));
        };
        if of_tokens && exception.remedy == Remedy::Consent {
            waits_for_consent(world).await?;
        }
        help(world, run.scenario.story, exception.remedy).await?;
        helped.push(exception);
    }
    if !follower.left().is_empty() {
        return Err(format!("no call met {:?}", follower.left()));
    }
    if of_tokens {
        judge_tokens(world, follower, &helped).await?;
    }
    match without {
        Some(without) => compare(world, follower, without, helped),
        None => Ok(helped),
    }
}

/// The same has to stand in Cin7 as without a fault, or, where the table says so, the same in another
/// sale.
fn compare(
    world: &World,
    follower: &Follower,
    without: &Picture,
    mut helped: Vec<&'static Exception>,
) -> Result<Vec<&'static Exception>, String> {
    let now = picture(world);
    if now == *without {
        return Ok(helped);
    }
    let another_sale = exceptions::of(&follower.made())
        .into_iter()
        .find(|exception| exception.remedy == Remedy::AnotherSale);
    let Some(another_sale) = another_sale else {
        return Err(format!(
            "something else stands in Cin7 than without a fault:\n{}",
            difference(&without.whole, &now.whole)
        ));
    };
    if now.standing != without.standing {
        return Err(format!(
            "what stands in another sale is something else than without a fault:\n{}",
            difference(&without.standing, &now.standing)
        ));
    }
    helped.push(another_sale);
    Ok(helped)
}

/// What the checks of every scenario say, as a text instead of a panic.
async fn held(check: impl Future<Output = ()>) -> Result<(), String> {
    use futures::FutureExt;
    let checked = AssertUnwindSafe(check).catch_unwind().await;
    checked.map_err(|panic| said(&*panic))
}

/// The text of a panic.
pub(super) fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| Some((*panic.downcast_ref::<&str>()?).to_owned()));
    text.unwrap_or_else(|| "it panicked".to_owned())
}

async fn help(world: &World, story: Story, remedy: Remedy) -> Result<(), String> {
    if remedy == Remedy::Consent {
        for party in world.parties() {
            let renewed = world.consent_again(party);
            world.connect(&renewed, &story.settings()).await;
        }
    }
    let records = world.plant.ledger().every_record().await;
    for record in records.map_err(|error| error.to_string())? {
        if record.state == State::Attention {
            world.ask_again(&record.key).await;
        }
    }
    Ok(())
}

async fn tell(world: &World) -> String {
    let mut text = String::new();
    for record in world
        .plant
        .ledger()
        .every_record()
        .await
        .unwrap_or_default()
    {
        let (key, state, sentence) = (&record.key, record.state.name(), &record.sentence);
        text += &format!("{key} {state} {sentence:?}\n");
        for entry in world.plant.ledger().trail(key).await.unwrap_or_default() {
            let detail: Vec<String> = entry
                .detail
                .iter()
                .map(|(name, value)| format!("{name}={:.160}", value))
                .collect();
            text += &format!("    {} {} {}\n", entry.at, entry.what, detail.join(" "));
        }
    }
    text
}
