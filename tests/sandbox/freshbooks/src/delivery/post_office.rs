//! The queue of webhooks, and what may happen to them on the way.

use std::collections::VecDeque;

/// Tries before a webhook is given up. FreshBooks says "several" and no number.
const TRIES: u32 = 5;

/// A webhook that has not been accepted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingDelivery {
    /// Where it goes.
    pub uri: String,
    /// The form body.
    pub body: String,
    /// The `X-FreshBooks-Hmac-SHA256` header; empty where there is none.
    pub signature: String,
    /// How often it was sent without being accepted.
    pub tries: u32,
    number: u64,
}

/// What became of one sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivered {
    /// Where it went.
    pub uri: String,
    /// What the receiver answered; `None` where nothing came within 10 seconds.
    pub status: Option<u16>,
}

impl Delivered {
    /// Whether the receiver took it: any 2xx, and no redirect.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.status
            .is_some_and(|status| (200..300).contains(&status))
    }
}

/// The webhooks still to be accepted, oldest first.
#[derive(Debug, Default)]
pub(crate) struct PostOffice {
    queue: VecDeque<PendingDelivery>,
    given_up: Vec<PendingDelivery>,
    numbers: u64,
    to_drop: u32,
    to_duplicate: u32,
}

impl PostOffice {
    /// Queues a webhook.
    pub(crate) fn queue(&mut self, uri: String, (body, signature): (String, String)) {
        self.numbers += 1;
        let number = self.numbers;
        self.queue.push_back(PendingDelivery {
            uri,
            body,
            signature,
            tries: 0,
            number,
        });
    }

    /// What is queued now, in order.
    pub(crate) fn pending(&self) -> Vec<PendingDelivery> {
        self.queue.iter().cloned().collect()
    }

    /// Keeps only the first of the queue.
    pub(crate) fn truncate(&mut self, kept: usize) {
        self.queue.truncate(kept);
    }

    /// Empties the queue into the caller's hands.
    pub(crate) fn take(&mut self) -> Vec<PendingDelivery> {
        self.queue.drain(..).collect()
    }

    /// What was sent five times in vain.
    pub(crate) fn given_up(&self) -> Vec<PendingDelivery> {
        self.given_up.clone()
    }

    pub(crate) fn drop_next(&mut self, count: u32) {
        self.to_drop += count;
    }

    pub(crate) fn duplicate_next(&mut self) {
        self.to_duplicate += 1;
    }

    /// How many copies of this one go out now. One to be dropped leaves the queue unsent: it is what
    /// a webhook that never arrives looks like.
    pub(crate) fn copies(&mut self, pending: &PendingDelivery) -> u32 {
        if self.to_drop > 0 {
            self.to_drop -= 1;
            self.remove(pending);
            return 0;
        }
        if self.to_duplicate > 0 {
            self.to_duplicate -= 1;
            return 2;
        }
        1
    }

    /// Notes what became of a sending.
    pub(crate) fn settle(&mut self, pending: &PendingDelivery, accepted: bool) {
        if accepted {
            self.remove(pending);
            return;
        }
        let Some(queued) = self
            .queue
            .iter_mut()
            .find(|queued| queued.number == pending.number)
        else {
            return;
        };
        queued.tries += 1;
        if queued.tries >= TRIES {
            let lost = self.remove(pending);
            self.given_up.extend(lost);
        }
    }

    fn remove(&mut self, pending: &PendingDelivery) -> Option<PendingDelivery> {
        let at = self
            .queue
            .iter()
            .position(|queued| queued.number == pending.number)?;
        self.queue.remove(at)
    }
}
