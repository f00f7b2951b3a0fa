//! The HTTP client of both services.

use std::time::Duration;

/// A client that could not be built.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client could not be built: {0}")]
pub struct NotBuilt(String);

/// How long one call may take.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Until the connection stands.
    pub connect: Duration,
    /// From start to the end of the answer. Cin7 writes take from 1.5 s upward
    /// (docs/cin7-api.md, failures).
    pub whole: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            whole: Duration::from_secs(25),
        }
    }
}

/// A client on rustls with ring and the roots in the binary. Redirects are off, so that keys cannot
/// follow one, and so are proxies named in the environment.
///
/// # Errors
/// The TLS configuration was refused; this cannot happen with the versions in `Cargo.lock`.
pub fn client(timeouts: Timeouts) -> Result<reqwest::Client, NotBuilt> {
    let roots = rustls::RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| NotBuilt(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .connect_timeout(timeouts.connect)
        .timeout(timeouts.whole)
        .pool_idle_timeout(Duration::from_secs(20))
        .user_agent(concat!(
            "freshbooks-cin7-connector/",
            env!("CARGO_PKG_VERSION")
        ))
        .build()
        .map_err(|error| NotBuilt(error.to_string()))
}
