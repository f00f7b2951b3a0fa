//! Whether a look is needed: what a list shows against what the ledger was last shown.

use jiff::Timestamp;
use jiff::civil::Date;
use ledger::{Record, State};

use super::Row;

/// What is seen of a document that was deleted.
pub(crate) const DELETED: &str = "deleted";
/// Of one that no list shows any more.
pub(super) const GONE: &str = "gone";
/// Of one that cannot be read.
pub(super) const UNREADABLE: &str = "unreadable";

/// What a row means for its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The ledger knows, or does not have to.
    Agreed,
    /// A look at it is under way: the next pass compares again.
    OnItsWay,
    /// A look is needed.
    Ask,
}

/// Compares a row with its record; `floor` is the first day from which an unknown document crosses.
pub(super) fn judge(
    record: Option<&Record>,
    row: &Row,
    floor: Option<Date>,
    now: Timestamp,
) -> Verdict {
    let Some(record) = record else {
        let never_was = [DELETED, GONE].contains(&row.mark.as_str());
        let too_old = floor.zip(row.day).is_some_and(|(floor, day)| day < floor);
        return if never_was || too_old {
            Verdict::Agreed
        } else {
            Verdict::Ask
        };
    };
    if is_on_its_way(record, now) {
        return Verdict::OnItsWay;
    }
    // A record that was last looked at before there was this memory has the content that crossed.
    let seen = record.seen.as_deref().or(record.content.as_deref());
    let known_gone = row.mark == GONE && seen == Some(DELETED);
    // A list may show less of a document than is read of it alone: that says nothing of a change.
    if row.mark == UNREADABLE || known_gone || seen == Some(row.mark.as_str()) {
        Verdict::Agreed
    } else {
        Verdict::Ask
    }
}

/// Whether somebody looks at it, or will without being asked again. What waits, or is tried again at a
/// time of its own, is no reason to leave a change alone.
fn is_on_its_way(record: &Record, now: Timestamp) -> bool {
    if record.lease.as_ref().is_some_and(|lease| lease.until > now) {
        return true;
    }
    match record.state {
        State::Queued | State::Working => true,
        State::Waiting | State::Retrying | State::Uncertain => false,
        _ => record.due_at.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use ledger::{Lease, RecordKey};

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn row(day: &str, mark: &str) -> Row {
        Row {
            day: Some(day.parse().unwrap()),
            ..Row::bare("7".to_owned(), mark, true)
        }
    }

    fn record(state: State, seen: Option<&str>) -> Record {
        let key = RecordKey::parse("acme", "invoice", "7").unwrap();
        let mut record = Record::new(key, NOW);
        record.state = state;
        record.seen = seen.map(str::to_owned);
        record
    }

    fn judged(record: Option<&Record>, row: &Row) -> Verdict {
        judge(record, row, Some("2026-01-01".parse().unwrap()), NOW)
    }

    #[test]
    fn what_nobody_heard_of_is_looked_at_from_the_start_date_on() {
        for (row, expected) in [
            (row("2026-01-01", "abc"), Verdict::Ask),
            (row("2025-12-31", "abc"), Verdict::Agreed),
            (row("2026-01-01", DELETED), Verdict::Agreed),
            (row("2026-01-01", GONE), Verdict::Agreed),
        ] {
            assert_eq!(judged(None, &row), expected, "{row:?}");
        }
        let undated = Row {
            day: None,
            ..row("2026-01-01", UNREADABLE)
        };
        assert_eq!(judged(None, &undated), Verdict::Ask);
    }

    #[test]
    fn what_differs_from_what_was_seen_is_looked_at_whatever_its_day() {
        for state in [
            State::Posted,
            State::Confirmed,
            State::Attention,
            State::Skipped,
            State::Reversed,
            State::Waiting,
            State::Retrying,
            State::Uncertain,
        ] {
            let known = record(state, Some("abc"));
            assert_eq!(
                judged(Some(&known), &row("2025-01-01", "abc")),
                Verdict::Agreed
            );
            assert_eq!(
                judged(Some(&known), &row("2025-01-01", "def")),
                Verdict::Ask
            );
            assert_eq!(
                judged(Some(&known), &row("2025-01-01", DELETED)),
                Verdict::Ask
            );
        }
    }

    #[test]
    fn what_a_list_shows_unreadably_is_looked_at_only_if_nobody_heard_of_it() {
        let row = row("2026-01-01", UNREADABLE);
        assert_eq!(judged(None, &row), Verdict::Ask);
        let known = record(State::Confirmed, Some("abc"));
        assert_eq!(judged(Some(&known), &row), Verdict::Agreed);
    }

    #[test]
    fn what_is_queued_or_worked_on_is_left_alone() {
        let mut leased = record(State::Confirmed, Some("abc"));
        leased.lease = Some(Lease {
            owner: "another".to_owned(),
            until: NOW + std::time::Duration::from_secs(1),
        });
        let mut due = record(State::Confirmed, Some("abc"));
        due.due_at = Some(NOW);
        for known in [
            record(State::Queued, None),
            record(State::Working, None),
            leased,
            due,
        ] {
            let verdict = judged(Some(&known), &row("2026-01-01", "def"));
            assert_eq!(verdict, Verdict::OnItsWay, "{known:?}");
        }
    }

    #[test]
    fn what_no_list_shows_is_looked_at_once_unless_it_is_known_to_be_deleted() {
        let gone = row("2026-01-01", GONE);
        for (seen, expected) in [
            ("abc", Verdict::Ask),
            (GONE, Verdict::Agreed),
            (DELETED, Verdict::Agreed),
        ] {
            let known = record(State::Reversed, Some(seen));
            assert_eq!(judged(Some(&known), &gone), expected, "{seen}");
        }
    }

    #[test]
    fn a_record_of_before_is_compared_by_what_crossed() {
        let mut old = record(State::Confirmed, None);
        old.content = Some("abc".to_owned());
        assert_eq!(
            judged(Some(&old), &row("2026-01-01", "abc")),
            Verdict::Agreed
        );
        assert_eq!(judged(Some(&old), &row("2026-01-01", "def")), Verdict::Ask);
    }
}
