//! Two functions at the same time, with the same calls in the same order in every run.
//!
//! They take turns, and a turn is one call: a function goes on until its next call is answered, and
//! is not polled again before the other had its turn.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use tokio::sync::Notify;

use super::calls::{Call, Follower};
use crate::world::World;

/// One of the functions, until it has ended or was killed.
struct Worker<'a> {
    work: Option<Pin<Box<dyn Future<Output = ()> + 'a>>>,
    bell: Arc<Bell>,
}

/// Rings when a function may go on.
struct Bell {
    rang: AtomicBool,
    heard: Notify,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.rang.store(true, Ordering::Release);
        self.heard.notify_one();
    }
}

impl Bell {
    async fn ring(&self) {
        while !self.rang.load(Ordering::Acquire) {
            self.heard.notified().await;
        }
    }
}

/// Runs two functions side by side until each has ended or was killed at one of its calls. The second
/// has its first turn once `begins` holds of the calls so far, or the first has no turn left.
pub(super) async fn by_turns(
    world: &World,
    follower: &Follower,
    first: impl Future<Output = ()>,
    second: impl Future<Output = ()>,
    begins: fn(&[Call]) -> bool,
) {
    let mut workers = [Worker::new(first), Worker::new(second)];
    let mut has_begun = false;
    follower.follow(true);
    while workers.iter().any(Worker::works) {
        has_begun = has_begun || !workers[0].works() || begins(&follower.made());
        for (at, worker) in workers.iter_mut().enumerate() {
            if at == 0 || has_begun {
                follower.at_work(at + 1);
                worker.turn(world, follower).await;
            }
        }
    }
    follower.at_work(0);
    follower.follow(false);
}

impl<'a> Worker<'a> {
    fn new(work: impl Future<Output = ()> + 'a) -> Self {
        let bell = Bell {
            rang: AtomicBool::new(true),
            heard: Notify::new(),
        };
        Self {
            work: Some(Box::pin(work)),
            bell: Arc::new(bell),
        }
    }

    fn works(&self) -> bool {
        self.work.is_some()
    }

    /// Goes on until the next call is answered, or there is none any more.
    async fn turn(&mut self, world: &World, follower: &Follower) {
        if !self.works() {
            return;
        }
        let before = follower.made().len();
        let waker = Waker::from(Arc::clone(&self.bell));
        while follower.made().len() == before {
            if self.bell.rang.swap(false, Ordering::AcqRel) {
                let Some(work) = &mut self.work else { return };
                if let Poll::Ready(()) = work.as_mut().poll(&mut Context::from_waker(&waker)) {
                    self.work = None;
                    return;
                }
            }
            tokio::select! {
                () = self.bell.ring() => {}
                () = follower.arrived() => {}
            }
        }
        // From its arrival on, nothing but the answer wakes whoever made the call.
        tokio::select! {
            biased;
            () = world.hanging() => self.die(world),
            () = self.bell.ring() => {}
        }
    }

    /// Killed at its call, with all that the functions kept in memory.
    fn die(&mut self, world: &World) {
        self.work = None;
        world.plant.restart();
    }
}
