//! No trail that was tampered with verifies, and no state outside the drawn ones goes unseen.

use jiff::Timestamp;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::*;
use crate::audit::{Draft, chain};

/// Text without control characters: in JSON, unlike in the table, those have two spellings.
const TEXT: &str = r#"[^\pC]{0,12}"#;

fn begun() -> Record {
    let key = RecordKey::parse("acme", "invoice", "7").unwrap();
    Record::new(key, Timestamp::UNIX_EPOCH)
}

/// A trail that goes through these states, one entry each.
fn trail(states: &[State]) -> (Record, Vec<Entry>) {
    let mut record = begun();
    let mut entries = Vec::new();
    for (at, &state) in (0..).zip(states) {
        record.state = state;
        let draft = Draft::new("outcome").with("step", format!("step {at}"));
        let time = Timestamp::new(1_767_628_800 + at, 250_000_000).unwrap();
        entries.extend(chain(&mut record, vec![draft], "tests", time));
    }
    (record, entries)
}

fn busy(length: usize) -> (Record, Vec<Entry>) {
    trail(&vec![State::Working; length])
}

/// Entries as they were written before states were kept.
fn without_states(record: &mut Record, entries: &mut [Entry]) {
    let mut previous = anchor(&record.key);
    for entry in entries {
        entry.state = None;
        entry.previous = previous;
        entry.digest = digest(entry);
        previous = entry.digest.clone();
    }
    record.audit_head = previous;
}

fn why(record: &Record, entries: &[Entry]) -> &'static str {
    verify(record, entries).unwrap_err().why
}

#[test]
fn an_untouched_trail_verifies() {
    let (record, entries) = busy(5);
    assert_eq!(verify(&record, &entries), Ok(()));
}

#[test]
fn a_trail_of_another_record_does_not_verify() {
    let (mut record, entries) = busy(2);
    record.key = RecordKey::parse("acme", "invoice", "8").unwrap();
    assert!(verify(&record, &entries).is_err());
}

#[test]
fn a_trail_whose_end_was_cut_off_or_which_is_all_gone_does_not_verify() {
    let (record, entries) = busy(3);
    for left in 0..3 {
        assert_eq!(
            why(&record, &entries[..left]),
            "the trail does not end where the record says"
        );
    }
}

#[test]
fn a_trail_through_every_drawn_transition_verifies_and_through_no_other() {
    for before in State::ALL {
        for next in State::ALL {
            let (record, entries) = trail(&[State::Working, before, next]);
            let found = verify(&record, &entries);
            if before.may_become(next) {
                assert_eq!(found, Ok(()), "{before:?} to {next:?}");
                continue;
            }
            let broken = found.unwrap_err();
            assert_eq!(broken.seq, 3, "{before:?} to {next:?}");
            assert_eq!(broken.why, "it could not follow the state before");
        }
    }
}

#[test]
fn a_trail_begins_on_the_queue_or_with_a_worker() {
    for state in State::ALL {
        let (record, entries) = trail(&[state]);
        let begins = matches!(state, State::Queued | State::Working);
        assert_eq!(verify(&record, &entries).is_ok(), begins, "{state:?}");
    }
}

/// The digest in here is the one that the first version of the ledger gave it.
#[test]
fn an_entry_from_before_states_were_kept_still_verifies_and_a_trail_goes_on_after_it() {
    let first: Entry = serde_json::from_str(
        r#"{"seq":1,"at":"2026-01-05T16:00:00Z","what":"received","by":"process-1",
            "detail":{"event":"invoice.create","found":"queued"},
            "previous":"0d9300b4f01fa5bb9bb5e891df6fd748e439c86f3540ef92f9f2270ebd8b9d7b",
            "digest":"0f8b905d86f845b4af8eac36ae239d9a5506f210843eb1c66faabe5596318af9"}"#,
    )
    .unwrap();
    assert_eq!(first.state, None);
    let mut record = begun();
    record.audit_length = 1;
    record.audit_head.clone_from(&first.digest);
    record.state = State::Confirmed;
    let more = vec![Draft::new("confirmed")];
    let mut entries = vec![first];
    entries.extend(chain(&mut record, more, "tests", Timestamp::UNIX_EPOCH));
    assert_eq!(verify(&record, &entries), Ok(()));
}

#[test]
fn a_state_cannot_be_taken_from_an_entry_or_given_to_an_old_one() {
    let (record, mut entries) = busy(2);
    entries[0].state = None;
    assert_eq!(why(&record, &entries), "it was altered");

    let (mut record, mut entries) = busy(2);
    without_states(&mut record, &mut entries);
    assert_eq!(verify(&record, &entries), Ok(()));
    entries[0].state = Some(State::Working);
    assert_eq!(why(&record, &entries), "it was altered");
}

/// The entries with one byte of the one at `at` changed, if they can be read at all then.
fn with_a_changed_byte(entries: &[Entry], at: usize, byte: usize, mask: u8) -> Option<Vec<Entry>> {
    let mut entries = entries.to_vec();
    let mut text = serde_json::to_vec(&entries[at]).unwrap();
    let byte = byte % text.len();
    text[byte] ^= mask;
    entries[at] = serde_json::from_slice(&text).ok()?;
    Some(entries)
}

#[test]
fn any_single_flipped_bit_of_a_trail_is_found() {
    for old in [false, true] {
        let (mut record, mut entries) = busy(2);
        if old {
            without_states(&mut record, &mut entries);
        }
        for at in 0..entries.len() {
            for byte in 0..serde_json::to_vec(&entries[at]).unwrap().len() {
                for bit in 0..8 {
                    let changed = with_a_changed_byte(&entries, at, byte, 1 << bit);
                    let unseen = changed.filter(|changed| verify(&record, changed).is_ok());
                    assert_eq!(unseen, None, "byte {byte} of entry {at}, bit {bit}");
                }
            }
        }
    }
}

prop_compose! {
    /// A trail of one to six entries, with anything in them.
    fn any_trail()(
        told in vec((TEXT, btree_map(TEXT, TEXT, 0..3), 0_i64..4_000_000_000, 0..1_000_000_000), 1..7),
    ) -> (Record, Vec<Entry>) {
        let mut record = begun();
        record.state = State::Working;
        let mut entries = Vec::new();
        for (by, detail, second, nanosecond) in told {
            let draft = detail
                .iter()
                .fold(Draft::new("outcome"), |draft, (name, value)| draft.with(name, value));
            let time = Timestamp::new(second, nanosecond).unwrap();
            entries.extend(chain(&mut record, vec![draft], &by, time));
        }
        (record, entries)
    }
}

proptest! {
    #[test]
    fn any_changed_byte_of_any_trail_is_found(
        (record, entries) in any_trail(),
        at: prop::sample::Index, byte: prop::sample::Index, mask in 1_u8..,
    ) {
        prop_assert_eq!(verify(&record, &entries), Ok(()));
        let at = at.index(entries.len());
        let changed = with_a_changed_byte(&entries, at, byte.index(100_000), mask);
        let unseen = changed.filter(|changed| verify(&record, changed).is_ok());
        prop_assert_eq!(unseen, None);
    }

    #[test]
    fn any_dropped_doubled_or_swapped_entry_of_any_trail_is_found(
        (record, entries) in any_trail(),
        at: prop::sample::Index, other: prop::sample::Index,
    ) {
        let (at, other) = (at.index(entries.len()), other.index(entries.len()));
        let mut dropped = entries.clone();
        dropped.remove(at);
        prop_assert!(verify(&record, &dropped).is_err());
        let mut doubled = entries.clone();
        doubled.insert(other, entries[at].clone());
        prop_assert!(verify(&record, &doubled).is_err());
        if at != other {
            let mut swapped = entries.clone();
            swapped.swap(at, other);
            prop_assert!(verify(&record, &swapped).is_err());
        }
    }

    #[test]
    fn a_walk_verifies_exactly_if_each_of_its_transitions_is_drawn(
        walk in vec(prop::sample::select(State::ALL.to_vec()), 1..12),
    ) {
        let (record, entries) = trail(&walk);
        let drawn = walk[0].may_begin()
            && walk.windows(2).all(|pair| pair[0].may_become(pair[1]));
        prop_assert_eq!(verify(&record, &entries).is_ok(), drawn);
    }
}
