//! Twenty connections, fifteen of them broken in a way of their own: the other five do not notice.

mod ways;

use std::collections::BTreeMap;
use std::time::Duration;

use ledger::audit::Entry;
use ledger::{Record, RecordKey, State};
use poller::Task;

use crate::pictures::{difference, picture_of};
use crate::world::{Party, Setup, World, dec, plain};
use ways::Way;

/// Those that nothing is wrong with, beside the first of every world.
const SOUND: [&str; 4] = ["sound-2", "sound-3", "sound-4", "sound-5"];

/// What a person of a sound connection could tell of it in the end, but for times and random ids.
type Told = BTreeMap<&'static str, String>;

fn setup() -> Setup {
    Setup {
        engine: sync::Options::default(),
        invocation: Duration::from_mins(2),
        ..Setup::default()
    }
}

/// Two acts in which every connection does the same business, with these broken connections beside the
/// sound ones.
async fn played_beside(ways: &[Way]) -> Told {
    let mut world = World::start_with(setup()).await;
    for id in SOUND {
        world.join(id, setup()).await;
    }
    let sound = world.parties().to_vec();
    for way in ways {
        world.join(way.name(), way.setup(setup())).await;
    }
    let broken: Vec<(Way, Party)> = ways
        .iter()
        .copied()
        .zip(world.parties()[sound.len()..].to_vec())
        .collect();
    ways::haunt(&world, &broken);
    for (way, party) in &broken {
        way.harm(&world, party).await;
    }
    let everybody = world.parties().to_vec();
    let mut documents = Vec::new();
    for party in &everybody {
        documents.push(first_act(&world, party));
    }
    rounds(&world, 3).await;
    for (party, documents) in everybody.iter().zip(&mut documents) {
        second_act(&world, party, documents);
    }
    rounds(&world, 3).await;
    // What it could not do for a broken connection is in the log.
    let _ = world.plant.poll(Task::Keep { connection: None }).await;
    rounds(&world, 1).await;

    for ((way, party), documents) in broken.iter().zip(&documents[sound.len()..]) {
        way.assert_broken(&world, party, documents).await;
    }
    let mut told = Told::new();
    for (party, documents) in sound.iter().zip(&documents) {
        told.insert(party.id, tell(&world, party, documents).await);
    }
    told
}

/// A document by its kind and FreshBooks' number of it.
type Document = (&'static str, i64);

/// Two invoices are sent and one of them is paid in part.
fn first_act(world: &World, party: &Party) -> Vec<Document> {
    let client = world.client_of(party, "Harbour Studio");
    let mut documents = Vec::new();
    for cost in ["250.00", "40.00"] {
        let id = world
            .freshbooks
            .create_invoice(&party.account, plain(client, cost));
        world.freshbooks.send_invoice(&party.account, id).unwrap();
        documents.push(("invoice", id));
    }
    let paid = world.pay_of(party, documents[0].1, "100.00");
    documents.push(("payment", paid));
    documents
}

/// One of them is changed, and a third is sent.
fn second_act(world: &World, party: &Party, documents: &mut Vec<Document>) {
    let edit = |form: &mut freshbooks_stand_in::NewInvoice| form.lines[0].unit_cost = dec("55.00");
    let (freshbooks, account) = (&world.freshbooks, &party.account);
    freshbooks
        .update_invoice(account, documents[1].1, edit)
        .unwrap();
    let client = world.client_of(party, "Corner Bakery");
    let id = freshbooks.create_invoice(account, plain(client, "12.00"));
    freshbooks.send_invoice(account, id).unwrap();
    documents.push(("invoice", id));
}

/// So many minutes of the functions' schedules.
async fn rounds(world: &World, minutes: usize) {
    for _ in 0..minutes {
        world.deliver().await;
        world.work().await;
        // A pass that fails for one connection leaves it to the next pass.
        let _ = world.plant.poll(Task::Sweep).await;
        world.work().await;
        world.confirm().await;
        world.clock.advance(Duration::from_mins(1));
    }
}

async fn record(world: &World, party: &Party, (kind, id): Document) -> Option<Record> {
    let key = RecordKey::parse(party.id, kind, &id.to_string()).unwrap();
    world.plant.ledger().record(&key).await.unwrap()
}

async fn tell(world: &World, party: &Party, documents: &[Document]) -> String {
    let mut text = picture_of(world, party).whole;
    for &document in documents {
        let record = record(world, party, document).await.unwrap();
        assert_eq!(record.state, State::Confirmed, "{}", record.sentence);
        let Record {
            key,
            number,
            total,
            currency,
            attempts,
            generation,
            calls,
            ..
        } = &record;
        text += &format!(
            "{key} {number:?} {total:?} {currency:?} after {attempts} tries, generation {generation}, {calls} calls\n"
        );
        let trail = world.plant.ledger().trail(key).await.unwrap();
        text.extend(trail.iter().map(entry));
    }
    for call in world.cin7.calls(&party.keys) {
        text += &format!("{} {} {:?}\n", call.method, call.path, call.status);
    }
    let account = &party.account.account_id;
    let calls = world.freshbooks.calls().into_iter();
    for call in calls.filter(|call| call.path.contains(account)) {
        text += &format!("{} {} {:?}\n", call.method, call.path, call.status);
    }
    text
}

/// An entry without times and random ids.
fn entry(entry: &Entry) -> String {
    const SAME: [&str; 10] = [
        "event",
        "found",
        "total",
        "lines",
        "settings_version",
        "step",
        "how",
        "sentence",
        "for",
        "why",
    ];
    let detail = entry.detail.iter();
    let detail = detail.filter(|(name, _)| SAME.contains(&name.as_str()));
    format!("    {} {:?}\n", entry.what, detail.collect::<Vec<_>>())
}

#[tokio::test]
async fn what_is_wrong_with_fifteen_of_twenty_connections_changes_nothing_for_the_others() {
    assert_eq!(1 + SOUND.len() + Way::ALL.len(), 20);
    let alone = played_beside(&[]).await;
    let beside = played_beside(&Way::ALL).await;
    assert_eq!(alone.len(), 5);
    for (party, alone) in &alone {
        let beside = &beside[party];
        assert!(
            alone == beside,
            "{party} is not what it is by itself:\n{}",
            difference(alone, beside)
        );
    }
}
