//! What can go wrong in running the emulator itself, as opposed to what it answers to a client.

use std::io;
use std::path::PathBuf;

/// A failure of the emulator or of an event source; never a service's answer to a client.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The loopback listener could not be opened.
    #[error("cannot listen on loopback port {port}")]
    Listen {
        /// The port that was asked for; 0 stands for any.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The data folder could not be made.
    #[error("cannot use the data folder {}", path.display())]
    DataFolder {
        /// The folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A store could not be opened.
    #[error("cannot open the {store} store: {reason}")]
    Store {
        /// Which of the stores.
        store: &'static str,
        /// What the store said.
        reason: String,
    },
    /// An event source could not talk to its queue.
    #[error("the event source could not {step}: {reason}")]
    Queue {
        /// What was being done.
        step: &'static str,
        /// The SDK's error with its causes.
        reason: String,
    },
}
