//! One look's share of a Cin7 key's allowance.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use cin7::{Limiter, NotNow};
use clock::later;
use jiff::Timestamp;
use ledger::{Ledger, Pace, Taken};

/// Takes calls from the shared row, several at a time when several are expected, and waits for them
/// as long as its invocation has time.
#[derive(Debug)]
pub(crate) struct KeyPace {
    ledger: Ledger,
    key: String,
    pace: Pace,
    /// After this instant no call is begun any more: the invocation has to end in time.
    patience: Timestamp,
    expected: AtomicU32,
    granted: Mutex<Grant>,
    used: AtomicU32,
}

#[derive(Debug, Clone, Copy)]
struct Grant {
    left: u32,
    until: Timestamp,
}

/// While the row cannot be reached no call is made: the limit is a promise.
const ROW_UNREACHABLE: Duration = Duration::from_secs(5);
/// The next invocation goes on at once.
const OUT_OF_TIME: Duration = Duration::from_secs(1);

impl KeyPace {
    pub(crate) fn new(ledger: Ledger, key: String, pace: Pace, patience: Timestamp) -> Self {
        Self {
            ledger,
            key,
            pace,
            patience,
            expected: AtomicU32::new(1),
            granted: Mutex::new(Grant {
                left: 0,
                until: Timestamp::MIN,
            }),
            used: AtomicU32::new(0),
        }
    }

    /// The next `calls` calls will follow each other: take them together.
    pub(crate) fn expect(&self, calls: u32) {
        self.expected.store(calls.max(1), Ordering::Relaxed);
    }

    /// How many calls were permitted so far.
    pub(crate) fn used(&self) -> u32 {
        self.used.load(Ordering::Relaxed)
    }

    fn take_granted(&self) -> bool {
        let now = self.ledger.clock().now();
        let mut grant = self.granted.lock().unwrap_or_else(PoisonError::into_inner);
        let usable = grant.left > 0 && grant.until > now;
        if usable {
            grant.left -= 1;
        }
        usable
    }

    /// Waits until a call may be made, so that the next [`Limiter::take`] does not have to.
    pub(crate) async fn hold(&self) -> Result<(), NotNow> {
        loop {
            let now = self.ledger.clock().now();
            if now >= self.patience {
                return Err(NotNow { wait: OUT_OF_TIME });
            }
            let granted = self.granted();
            if granted.left > 0 && granted.until > now {
                return Ok(());
            }
            let wanted = self.expected.swap(1, Ordering::Relaxed);
            match self.ledger.take_calls(&self.key, self.pace, wanted).await {
                Ok(Taken::Granted { calls, until }) => self.grant(Grant { left: calls, until }),
                Ok(Taken::Wait(wait)) => {
                    self.expected.store(wanted, Ordering::Relaxed);
                    if later(now, wait) > self.patience {
                        return Err(NotNow { wait });
                    }
                    self.ledger.clock().sleep(wait).await;
                }
                Err(error) => {
                    tracing::warn!(error = %error, "the pace row could not be reached");
                    return Err(NotNow {
                        wait: ROW_UNREACHABLE,
                    });
                }
            }
        }
    }

    fn granted(&self) -> Grant {
        *self.granted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn grant(&self, grant: Grant) {
        *self.granted.lock().unwrap_or_else(PoisonError::into_inner) = grant;
    }

    async fn take_one(&self) -> Result<(), NotNow> {
        loop {
            self.hold().await?;
            if self.take_granted() {
                self.used.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
        }
    }
}

impl Limiter for KeyPace {
    fn take(&self) -> Pin<Box<dyn Future<Output = Result<(), NotNow>> + Send + '_>> {
        Box::pin(self.take_one())
    }

    fn cool_down(&self, wait: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            self.granted
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .left = 0;
            if let Err(error) = self.ledger.cool_down(&self.key, wait).await {
                tracing::warn!(error = %error, "the pace row could not take a cool-down");
            }
        })
    }
}
