//! Playing many runs on every core.

use std::cell::RefCell;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tempfile::TempDir;

use super::run::{End, Played, Run, play, said};
use crate::pictures::Picture;

/// Deep futures in an unoptimised build want more than a thread's usual 2 MiB.
const STACK: usize = 16 * 1024 * 1024;

/// Plays every run, each in a world of its own, and hands what came of it to `note`, in no order.
pub(super) fn play_all(
    runs: &[Run],
    without: Option<&Picture>,
    note: impl Fn(&Run, Played) + Send + Sync,
) {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers.min(runs.len()) {
            let worker = thread::Builder::new().stack_size(STACK);
            let work = || {
                let alone = Alone::new();
                while let Some(run) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    note(run, alone.play(run, without));
                }
            };
            worker.spawn_scoped(scope, work).unwrap();
        }
    });
}

/// A runtime of one thread, and what is made once for all of its runs.
pub(super) struct Alone {
    runtime: tokio::runtime::Runtime,
    pub(super) http: reqwest::Client,
    /// What AWS holds when a world has been started, by the settings: a quarter of the calls of a short run go into that.
    started: RefCell<HashMap<String, TempDir>>,
}

impl Alone {
    pub(super) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let http = sync::http::client(sync::http::Timeouts::default()).unwrap();
        Self {
            runtime,
            http,
            started: RefCell::default(),
        }
    }

    /// The folder of what AWS holds in a world with these settings; empty before the first.
    pub(super) fn started(&self, settings: &str) -> PathBuf {
        let mut started = self.started.borrow_mut();
        let folder = started.entry(settings.to_owned());
        let folder = folder.or_insert_with(|| tempfile::tempdir().unwrap());
        folder.path().to_owned()
    }

    /// Plays one run; a panic is a bad end.
    pub(super) fn play(&self, run: &Run, without: Option<&Picture>) -> Played {
        let played = play(self, run, without);
        let played = catch_unwind(AssertUnwindSafe(|| self.runtime.block_on(played)));
        played.unwrap_or_else(|panic| Played {
            end: End::Badly(said(&*panic)),
            calls: Vec::new(),
            picture: Picture::default(),
            told: String::new(),
        })
    }
}
