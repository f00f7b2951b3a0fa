//! What every function does once: logging, settings from the environment, AWS clients.

use std::str::FromStr;

use aws_config::{BehaviorVersion, SdkConfig};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use tracing_subscriber::EnvFilter;

/// A setting that is missing or cannot be read. The function does not start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is not set.
    #[error("the environment variable {0} is not set")]
    Missing(&'static str),
    /// It is set to something else than it should be. The value itself is not repeated.
    #[error("the environment variable {name} cannot be read: {why}")]
    Unreadable {
        /// Which.
        name: &'static str,
        /// What is wrong with it.
        why: String,
    },
}

/// Logs JSON lines with flat, stable field names to standard output, `RUST_LOG` deep, `info` by default.
pub fn log_as_json() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter);
    // A second initialisation in one process changes nothing.
    let _ = subscriber.with_current_span(false).try_init();
}

/// A required setting.
///
/// # Errors
/// It is not set, or cannot be read as what it should be.
pub fn setting<T: FromStr>(name: &'static str) -> Result<T, Error>
where
    T::Err: std::fmt::Display,
{
    let text = std::env::var(name).map_err(|_| Error::Missing(name))?;
    text.parse().map_err(|why: T::Err| Error::Unreadable {
        name,
        why: why.to_string(),
    })
}

/// A setting with a default.
///
/// # Errors
/// It is set and cannot be read.
pub fn setting_or<T: FromStr>(name: &'static str, default: T) -> Result<T, Error>
where
    T::Err: std::fmt::Display,
{
    match setting(name) {
        Err(Error::Missing(_)) => Ok(default),
        read => read,
    }
}

/// The AWS configuration of a function: region, credentials and addresses from the environment, TLS
/// by rustls with ring like everything else in the binary.
pub async fn aws() -> SdkConfig {
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .load()
        .await
}

/// Bytes that nobody can guess, from the operating system. Where it has none the process ends: no secret
/// may be made of anything less, and AWS starts another.
#[must_use]
pub fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    bytes
}
