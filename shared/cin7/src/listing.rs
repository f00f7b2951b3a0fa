//! A list as it was read.

/// The rows of a list, each once, and whether they are all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// The rows, in no dependable order.
    pub rows: Vec<T>,
    /// Whether as many rows were read as the list says it has; otherwise some moved between pages
    /// meanwhile and may have been missed (docs/cin7-api.md, paging).
    pub whole: bool,
}

impl<T> Listing<T> {
    /// The same list with its rows as something else.
    #[must_use]
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Listing<U> {
        Listing {
            rows: self.rows.into_iter().map(change).collect(),
            whole: self.whole,
        }
    }
}
