//! What people do with a connection: set it up, rotate what it is opened with, stop it, remove it.
//!
//! [`Desk`] is what the console works on, [`Upkeep`] what the poller does for every connection
//! unasked. Neither can write to Cin7, and nothing but callbacks is changed in FreshBooks.

mod backfill;
mod business;
mod callbacks;
mod check;
mod consent;
mod desk;
mod error;
mod keys;
mod kinds;
mod life;
mod overview;
mod preview;
mod schedule;
mod settings;
mod tie_out;
mod upkeep;

pub use backfill::NewBackfill;
pub use business::Choice;
pub use callbacks::CallbackView;
pub use check::{CheckedSettings, ReadBooks};
pub use consent::{Answered, Consented, Opened, Ticket};
pub use desk::{Addresses, Desk, Parts};
pub use error::Error;
pub use keys::Cin7Account;
pub use kinds::HeldBackKind;
pub use life::NewConnection;
pub use overview::{Overview, SecretView};
pub use preview::{ComparedView, PreviewView};
pub use schedule::ScheduleView;
pub use settings::SettingsView;
pub use upkeep::{Kept, Upkeep};
