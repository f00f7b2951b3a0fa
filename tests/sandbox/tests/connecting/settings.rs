//! Settings: every problem at once, and what waited goes on.

use connections::Error;
use ledger::State;

use crate::world::{SETTINGS, World, id};

#[tokio::test]
async fn a_document_with_several_problems_names_them_all_and_changes_nothing() {
    let (world, _) = World::at_work().await;
    let before = world.desk().settings(&id(), None).await.unwrap();
    let bad = "start_date = 5\nlocatoin = \"Main\"\n[rates]\nEUR = 3\n";
    let Err(Error::Invalid(sentence)) = world.desk().replace_settings(&id(), bad).await else {
        panic!("bad settings were stored");
    };
    for name in ["start_date", "locatoin", "EUR"] {
        assert!(sentence.contains(name), "{name}: {sentence}");
    }
    assert_eq!(world.desk().settings(&id(), None).await.unwrap(), before);
    assert_eq!(before.document, SETTINGS);
    let Err(Error::NotFound(sentence)) = world.desk().settings(&id(), Some(9)).await else {
        panic!("settings that never were");
    };
    assert!(sentence.contains("the newest is 1"), "{sentence}");
}

#[tokio::test]
async fn a_new_version_wakes_what_waited_for_a_setting() {
    let (world, client) = World::at_work().await;
    let without = SETTINGS.replace("\"HST 13\" = \"HST 13\"\n", "");
    assert_ne!(without, SETTINGS);
    let desk = world.desk();
    let stored = desk.replace_settings(&id(), &without).await.unwrap();
    assert_eq!(stored.version, 2);
    let invoice = world.send(client, "20.00").await;
    world.work().await;
    let record = world.record(invoice).await;
    assert_eq!(record.state, State::Waiting, "{}", record.sentence);
    assert!(record.sentence.contains("HST"), "{}", record.sentence);

    let stored = desk.replace_settings(&id(), SETTINGS).await.unwrap();
    assert_eq!(stored.version, 3);
    let again = desk.replace_settings(&id(), SETTINGS).await.unwrap();
    assert_eq!(again.version, 3, "the same document is the same version");
    world.settle().await;
    world.assert_confirmed(invoice).await;
    let first = desk.settings(&id(), Some(1)).await.unwrap();
    assert_eq!(first.document, SETTINGS);
}
