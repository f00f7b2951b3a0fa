//! Webhook deliveries: from bytes anybody could have sent to a hint that FreshBooks sent.
//!
//! A delivery carries no id, no time and no content (docs/freshbooks-api.md, webhooks): once
//! verified it says only which object to look at again. Verification is a change of type.
//!
//! ```
//! use freshbooks::webhook::{Delivery, Verifier};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let body = b"name=client.update&object_id=177864&user_id=1&account_id=FrEsHb";
//! let signature = Some("uQL7Cy82JtV4RlsEowUZ+hm4cziC6LYjxuKj1cqLqHM=");
//! let verifier = Verifier::new("UWQfd9zCzxmVwFZWKqqKwLxqz8gvzGdAn".to_owned());
//!
//! let delivery = Delivery::parse(body, signature)?.verify(&[verifier])?;
//! assert_eq!(delivery.event().to_string(), "client.update");
//! assert_eq!(delivery.object_id(), "177864");
//! # Ok(())
//! # }
//! ```
//!
//! Before that it says nothing:
//!
//! ```compile_fail,E0599
//! use freshbooks::webhook::{Delivery, Unverified};
//!
//! fn act_on(delivery: Delivery<Unverified>) {
//!     delivery.object_id();
//! }
//! ```

mod delivery;
mod event;
mod form;
mod signed_text;
mod verifier;

pub use delivery::{Delivery, NotGenuine, Offer, Unverified, Verified};
pub use event::Event;
pub use form::Malformed;
pub use signed_text::signed_text;
pub use verifier::Verifier;
