//! What a list showed when it was last read whole, so that what did not change since is not read from
//! the ledger again, and what is no longer listed is noticed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::judging::{DELETED, GONE};
use super::kinds::Deletes;
use super::{Row, Rows};

/// Letters of a mark that are kept: of a hash, 64 bits.
const LETTERS: usize = 16;

/// Ids and the beginnings of their marks; no mark where the ledger did not agree yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Memory {
    before: BTreeMap<String, String>,
    /// Whether what was remembered is as good as the ledger.
    is_trusted: bool,
    now: BTreeMap<String, String>,
}

impl Memory {
    /// Out of what [`Memory::changed`] once wrote.
    pub(super) fn parse(text: &str, is_trusted: bool) -> Self {
        let line = |line: &str| {
            let (id, mark) = line.split_once(' ')?;
            Some((id.to_owned(), mark.to_owned()))
        };
        Self {
            before: text.lines().filter_map(line).collect(),
            is_trusted,
            now: BTreeMap::new(),
        }
    }

    /// Whether this very row was listed before, and the ledger agreed with it.
    pub(super) fn holds(&self, row: &Row) -> bool {
        let before = self.before.get(&row.id);
        self.is_trusted && before.is_some_and(|mark| mark == short(row))
    }

    /// Remembers a row; its mark only if the ledger agrees with it. What no list shows is forgotten then.
    pub(super) fn keep(&mut self, row: &Row, agreed: bool) {
        if agreed && !row.is_listed {
            return;
        }
        let mark = if agreed { short(row) } else { "" };
        self.now.insert(row.id.clone(), mark.to_owned());
    }

    /// What was listed before and is not any more.
    ///
    /// Where deleted documents show in a list of their own, one that does not is only looked at. So it is
    /// where a list shows nothing at all, which is also what a wrong account shows.
    pub(super) fn missing(
        &self,
        standing: &Rows,
        deleted: Option<&Rows>,
        deletes: Deletes,
    ) -> Vec<Row> {
        let mut listed = standing.ids();
        listed.extend(deleted.map(Rows::ids).unwrap_or_default());
        let mark = match deletes {
            Deletes::Vanish if !standing.rows.is_empty() => DELETED,
            Deletes::Listed | Deletes::Vanish => GONE,
        };
        let missing = self
            .before
            .keys()
            .filter(|id| !listed.contains(id.as_str()));
        missing
            .map(|id| Row::bare(id.clone(), mark, false))
            .collect()
    }

    /// The text to keep, where it is another than before.
    pub(super) fn changed(&self) -> Option<String> {
        if self.now == self.before {
            return None;
        }
        let mut text = String::new();
        for (id, mark) in &self.now {
            let _infallible = writeln!(text, "{id} {mark}");
        }
        Some(text)
    }
}

fn short(row: &Row) -> &str {
    row.mark.get(..LETTERS).unwrap_or(&row.mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, mark: &str) -> Row {
        Row::bare(id.to_owned(), mark, true)
    }

    #[test]
    fn what_the_ledger_agreed_with_is_held_until_it_changes() {
        let mut first = Memory::parse("", true);
        first.keep(&row("1", "0123456789abcdef-and-more"), true);
        first.keep(&row("2", "fedcba9876543210-and-more"), false);
        let text = first.changed().unwrap();
        let again = Memory::parse(&text, true);
        assert!(again.holds(&row("1", "0123456789abcdef-and-more")));
        assert!(!again.holds(&row("1", "1123456789abcdef-and-more")));
        assert!(!again.holds(&row("2", "fedcba9876543210-and-more")));
        assert!(!again.holds(&row("3", "0123456789abcdef-and-more")));
        let doubted = Memory::parse(&text, false);
        assert!(!doubted.holds(&row("1", "0123456789abcdef-and-more")));
    }

    #[test]
    fn a_memory_that_says_the_same_is_not_written_again() {
        let mut first = Memory::parse("", true);
        first.keep(&row("1", "abc"), true);
        let mut again = Memory::parse(&first.changed().unwrap(), true);
        again.keep(&row("1", "abc"), true);
        assert_eq!(again.changed(), None);
    }

    #[test]
    fn what_is_no_longer_listed_is_missing_until_the_ledger_knows() {
        let listed = Rows::of(vec![row("1", "abc")]);
        let memory = || Memory::parse("1 abc\n2 abc\n", true);
        let missing = |rows: &Rows, deletes| {
            let rows = memory().missing(rows, None, deletes);
            rows.into_iter()
                .map(|row| (row.id, row.mark))
                .collect::<Vec<_>>()
        };
        let expected = |mark: &str| vec![("2".to_owned(), mark.to_owned())];
        assert_eq!(missing(&listed, Deletes::Listed), expected(GONE));
        assert_eq!(missing(&listed, Deletes::Vanish), expected(DELETED));
        let nothing = missing(&Rows::default(), Deletes::Vanish);
        assert_eq!(nothing.last(), expected(GONE).last());
        let gone = Row::bare("2".to_owned(), GONE, false);
        let mut kept = memory();
        kept.keep(&gone, false);
        assert_eq!(kept.changed().unwrap(), "2 \n");
        let mut forgotten = memory();
        forgotten.keep(&gone, true);
        assert_eq!(forgotten.changed().unwrap(), "");
    }
}
