//! Playing a history in a world: as it was drawn, or with every webhook heard at once.

use std::fmt::Write;
use std::sync::Mutex;

use ledger::Record;

use super::arrival::{History, Move, arrive, lose, pass, strike};
use super::office::Office;
use crate::world::World;

/// What happened so far, line by line.
#[derive(Debug, Default)]
pub(super) struct Told(Mutex<String>);

impl Told {
    pub(super) fn say(&self, line: &str) {
        let mut text = self.0.lock().unwrap();
        text.push_str(line);
        text.push('\n');
    }

    pub(super) fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

/// Which webhooks never arrive: of a hundred, so many.
#[derive(Debug)]
pub(super) struct Losses {
    of_a_hundred: usize,
    posted: usize,
}

impl Losses {
    pub(super) fn new(of_a_hundred: usize) -> Self {
        Self {
            of_a_hundred,
            posted: 0,
        }
    }

    fn takes_the_next(&mut self) -> bool {
        let place = (self.posted * 37 + 11) % 100;
        self.posted += 1;
        place < self.of_a_hundred
    }
}

/// Plays it as it was drawn. What is still under way in the end arrives then, unless it gets lost.
pub(super) async fn play(
    world: &World,
    office: &mut Office<'_>,
    history: &History,
    mut losses: Losses,
    told: &Told,
) {
    for next in &history.moves {
        if let Some(said) = make(world, office, next, &mut losses).await {
            told.say(&said);
        }
    }
    told.say("in the end");
    play_the_rest(world, history, &mut losses, told).await;
}

/// Makes one move; what happened, if anything.
pub(super) async fn make(
    world: &World,
    office: &mut Office<'_>,
    next: &Move,
    losses: &mut Losses,
) -> Option<String> {
    match next {
        Move::Do(deed) => office.act(deed),
        Move::Arrive { which, .. } if losses.takes_the_next() => lose(world, *which),
        Move::Arrive { which, twice } => arrive(world, *which, *twice).await,
        Move::Work => {
            world.work().await;
            Some("    the processor works".to_owned())
        }
        Move::Pass(span) => Some(pass(world, *span).await),
        Move::Confirm => {
            world.look_over().await;
            Some("    the poller confirms".to_owned())
        }
        Move::Strike(trouble) => Some(strike(world, *trouble).await),
    }
}

/// Lets everything arrive that is still under way.
pub(super) async fn play_the_rest(
    world: &World,
    history: &History,
    losses: &mut Losses,
    told: &Told,
) {
    for &which in history.rest.iter().cycle() {
        let said = match losses.takes_the_next() {
            true => lose(world, which),
            false => arrive(world, which, false).await,
        };
        let Some(said) = said else {
            return;
        };
        told.say(&said);
    }
}

/// Plays its deeds alone, each heard and worked on before the next.
pub(super) async fn play_in_order(
    world: &World,
    office: &mut Office<'_>,
    history: &History,
    told: &Told,
) {
    told.say("every webhook at once and in order");
    for next in &history.moves {
        if let Move::Do(deed) = next
            && let Some(said) = office.act(deed)
        {
            told.say(&said);
            world.deliver().await;
            world.work().await;
        }
    }
}

/// Every record and its trail, in short.
pub(super) async fn tell(world: &World) -> String {
    let mut text = String::new();
    let mut records = world
        .plant
        .ledger()
        .every_record()
        .await
        .unwrap_or_default();
    records.sort_by_key(|record| record.key.to_string());
    for record in records {
        let Record {
            key,
            state,
            sentence,
            ..
        } = &record;
        let _ = writeln!(text, "{key} {}: {sentence}", state.name());
        for entry in world.plant.ledger().trail(key).await.unwrap_or_default() {
            let detail = entry.detail.iter();
            let detail: Vec<String> = detail
                .map(|(name, value)| format!("{name}={value:.60}"))
                .collect();
            let _ = writeln!(text, "    {} {} {}", entry.at, entry.what, detail.join(" "));
        }
    }
    text
}
