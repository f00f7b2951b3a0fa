//! What is logged while a test runs.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

/// What the thread that started it logs, as lines of JSON like those of the functions. It listens
/// until it is dropped.
///
/// A test of the log is best a program of its own: with one subscriber, `tracing` takes a line for
/// silent for good if a thread without the subscriber comes by it first.
#[derive(Debug)]
pub struct Log {
    lines: Lines,
    _listening: DefaultGuard,
}

impl Log {
    /// Listens to this thread from now on; what other threads log is not heard.
    #[must_use]
    pub fn start() -> Self {
        let lines = Lines::default();
        let subscriber = tracing_subscriber::fmt().json().with_writer(lines.clone());
        Self {
            lines,
            _listening: tracing::subscriber::set_default(subscriber.finish()),
        }
    }

    /// Everything logged so far, one JSON object a line.
    #[must_use]
    pub fn text(&self) -> String {
        let bytes = self.lines.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Where the subscriber writes.
#[derive(Debug, Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
