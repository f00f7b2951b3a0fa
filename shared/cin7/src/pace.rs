//! Permission to make a call: the limit is 60 calls in any 60 s per key (docs/cin7-api.md, limits).

use std::fmt::Debug;
use std::pin::Pin;
use std::time::Duration;

/// The answer of a limiter, boxed so that [`Limiter`] can be a trait object.
pub type Permit<'a> = Pin<Box<dyn Future<Output = Result<(), NotNow>> + Send + 'a>>;

/// No call may be made for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotNow {
    /// How long to stay away.
    pub wait: Duration,
}

/// Shares one key's allowance among everybody who uses the key. Each call asks it first.
pub trait Limiter: Send + Sync + Debug {
    /// Takes one call, waiting a little if that is all it takes.
    fn take(&self) -> Permit<'_>;

    /// Cin7 refused a call for its limit: nobody may call for `wait`.
    fn cool_down(&self, wait: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// Permits everything; for tests of the client alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unlimited;

impl Limiter for Unlimited {
    fn take(&self) -> Permit<'_> {
        Box::pin(async { Ok(()) })
    }

    fn cool_down(&self, _wait: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async {})
    }
}
