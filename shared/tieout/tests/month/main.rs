//! Every cent of a difference has a cause or is not explained, whatever the documents are.
#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

mod causes;
mod shown;
mod sums;
