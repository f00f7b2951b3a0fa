//! What an app's owner sets up in the developer portal.

use axum::http::Uri;

use super::{ALL_SCOPES, owned};
use crate::account::App;
use crate::stand_in::StandIn;

/// An app with its settings.
#[derive(Debug)]
pub(crate) struct RegisteredApp {
    pub(crate) app: App,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) enabled_scopes: Vec<String>,
}

impl RegisteredApp {
    pub(crate) fn new(app: App) -> Self {
        Self {
            app,
            redirect_uris: Vec::new(),
            enabled_scopes: owned(ALL_SCOPES),
        }
    }
}

/// Which hosts a redirect address may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RedirectHosts {
    /// Any by https, and this machine by plain http as well: a connector that runs beside the
    /// stand-in has no certificate.
    #[default]
    LoopbackByHttp,
    /// Any by https and none by plain http, as the real portal has it.
    HttpsOnly,
}

/// A redirect address that the portal does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoRedirect {
    /// Not https, and not this machine where that is allowed.
    #[error("a redirect address has to be an https address")]
    NotHttps,
    /// With a query or a fragment: `state` is what carries anything else.
    #[error("a redirect address has neither a query nor a fragment")]
    Query,
}

impl StandIn {
    /// Registers an address that people may be sent back to; an app may have several. One of
    /// another stand-in gets none.
    ///
    /// # Errors
    ///
    /// [`NoRedirect`] where the portal would not take it.
    pub fn add_redirect_uri(&self, app: &App, uri: &str) -> Result<(), NoRedirect> {
        check(uri, self.shared.redirect_hosts)?;
        self.configure(app, |registered| {
            registered.redirect_uris.push(uri.to_owned());
        });
        Ok(())
    }

    /// Enables exactly these scopes for the app. Consents that were given keep theirs.
    pub fn enable_scopes(&self, app: &App, scopes: &[&str]) {
        self.configure(app, |registered| registered.enabled_scopes = owned(scopes));
    }

    fn configure(&self, app: &App, change: impl FnOnce(&mut RegisteredApp)) {
        let mut world = self.shared.lock();
        let registered = world.apps.iter_mut().find(|known| known.app == *app);
        if let Some(registered) = registered {
            change(registered);
        }
    }
}

fn check(uri: &str, hosts: RedirectHosts) -> Result<(), NoRedirect> {
    if uri.contains(['?', '#']) {
        return Err(NoRedirect::Query);
    }
    let uri: Uri = uri.parse().map_err(|_| NoRedirect::NotHttps)?;
    let host = uri.host().ok_or(NoRedirect::NotHttps)?;
    match uri.scheme_str() {
        Some("https") => Ok(()),
        Some("http") if hosts == RedirectHosts::LoopbackByHttp && is_loopback(host) => Ok(()),
        _ => Err(NoRedirect::NotHttps),
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse()
            .is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_address_is_https_or_this_machine_and_nothing_but_a_path() {
        use RedirectHosts::{HttpsOnly, LoopbackByHttp};
        for (uri, hosts, expected) in [
            ("https://c.example/back", HttpsOnly, Ok(())),
            ("http://127.0.0.1:8080/back", LoopbackByHttp, Ok(())),
            ("http://localhost/back", LoopbackByHttp, Ok(())),
            ("http://[::1]:9/back", LoopbackByHttp, Ok(())),
            (
                "http://localhost/back",
                HttpsOnly,
                Err(NoRedirect::NotHttps),
            ),
            (
                "http://c.example/back",
                LoopbackByHttp,
                Err(NoRedirect::NotHttps),
            ),
            ("/back", LoopbackByHttp, Err(NoRedirect::NotHttps)),
            (
                "https://c.example/back?a=b",
                HttpsOnly,
                Err(NoRedirect::Query),
            ),
            (
                "https://c.example/back#a",
                HttpsOnly,
                Err(NoRedirect::Query),
            ),
        ] {
            assert_eq!(check(uri, hosts), expected, "{uri} {hosts:?}");
        }
    }
}
