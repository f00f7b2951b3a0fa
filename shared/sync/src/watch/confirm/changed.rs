//! Which rows of a list changed since they were compared.

use ledger::Overseen;
use sha2::{Digest, Sha256};

use super::family::Family;
use super::shown::Shown;
use super::{OVERLAP, earlier};

/// Rows are told apart by groups, so that what is kept of a list does not grow with it: where one row
/// changed, the few of its group are compared.
const GROUPS: usize = 256;
/// Enough of a digest to notice a change, in bytes.
const LENGTH: usize = 8;

/// The rows that changed since an earlier pass. Where there was none, nothing was confirmed yet, and only
/// a mark can name a record.
pub(super) fn changed<'r>(
    rows: &'r [Shown],
    family: Family,
    before: Option<&Overseen>,
    digests: &[String],
) -> Vec<&'r Shown> {
    let Some(before) = before else {
        return rows.iter().filter(|row| row.marked.is_some()).collect();
    };
    let since = earlier(before.until, OVERLAP);
    let is_changed = |row: &&Shown| {
        if family.knows_time() {
            // A filter that Cin7 ignores shows rows of any age.
            return row.updated.is_none_or(|updated| updated >= since);
        }
        let group = group_of(row);
        before.digests.get(group).is_none() || before.digests.get(group) != digests.get(group)
    };
    rows.iter().filter(is_changed).collect()
}

/// A digest of each group of rows, in whatever order they came.
pub(super) fn digests(rows: &[Shown]) -> Vec<String> {
    let mut groups = vec![Vec::new(); GROUPS];
    for row in rows {
        groups[group_of(row)].push(sha(&format!("{row:?}")));
    }
    let digest = |mut rows: Vec<Vec<u8>>| {
        rows.sort();
        hex(&Sha256::digest(rows.concat())[..LENGTH])
    };
    groups.into_iter().map(digest).collect()
}

/// A row stays in its group, whatever becomes of it.
fn group_of(row: &Shown) -> usize {
    usize::from(sha(&row.id.to_lowercase())[0])
}

fn sha(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use cin7::Journal;
    use money::Decimal;

    use super::*;

    fn journal(id: u32, amount: i64) -> Shown {
        let row = Journal {
            task_id: format!("a0000000-0000-4000-8000-{id:012}"),
            number: None,
            status: "COMPLETED".to_owned(),
            narration: format!("freshbooks:AbC123:journal:{id}"),
            date: None,
            amount: Some(Decimal::new(amount, 2)),
            base_amount: None,
        };
        Shown::journal(row, "AbC123")
    }

    fn overseen(rows: &[Shown]) -> Overseen {
        Overseen {
            digests: digests(rows),
            ..Overseen::new(jiff::Timestamp::UNIX_EPOCH)
        }
    }

    #[test]
    fn one_row_that_changed_is_among_few_whatever_the_order_and_the_length_of_the_list() {
        let mut rows: Vec<Shown> = (0..2_000).map(|id| journal(id, 100)).collect();
        let before = overseen(&rows);
        rows.reverse();
        let found = |rows: &[Shown]| {
            let digests = digests(rows);
            let rows = changed(rows, Family::Journals, Some(&before), &digests);
            rows.into_iter().cloned().collect::<Vec<_>>()
        };
        assert_eq!(found(&rows), []);
        rows[7].amount = Some(Decimal::new(101, 2));
        let few = found(&rows);
        assert!(few.contains(&rows[7]) && few.len() < 40, "{}", few.len());
        rows[7].amount = Some(Decimal::new(100, 2));
        rows.push(journal(9_999, 100));
        let few = found(&rows);
        assert!(few.contains(&rows[2_000]) && few.len() < 40);
    }

    #[test]
    fn before_anything_was_compared_only_what_carries_a_mark_can_be_ours() {
        let mut rows = vec![journal(1, 100), journal(2, 100)];
        rows[1].marked = None;
        let found = changed(&rows, Family::Journals, None, &digests(&rows));
        assert_eq!(found, [&rows[0]]);
    }
}
