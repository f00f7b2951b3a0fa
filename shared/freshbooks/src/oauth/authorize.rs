//! Where a person consents.

use url::Url;

use super::{App, Error};
use crate::http::endpoint;

/// The address at which a person lets the app read, to be opened in their browser.
///
/// `auth_base` is usually `https://auth.freshbooks.com`. `scopes` are usually
/// [`scopes::names`](crate::scopes::names); an empty list asks for every scope that is enabled for the
/// app. FreshBooks sends the browser to the app's redirect address with `state` untouched, and with
/// a `code`, or with an `error` where the person refused (docs/freshbooks-api.md, OAuth).
///
/// # Errors
/// [`Error::Refused`] where the app has no redirect address.
pub fn authorize_url(
    auth_base: &Url,
    app: &App,
    scopes: &[&str],
    state: &str,
) -> Result<Url, Error> {
    let mut address = endpoint(auth_base, "oauth/authorize");
    let mut query = address.query_pairs_mut();
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", &app.client_id)
        .append_pair("redirect_uri", app.required_redirect_uri()?);
    if !scopes.is_empty() {
        query.append_pair("scope", &scopes.join(" "));
    }
    query.append_pair("state", state);
    drop(query);
    Ok(address)
}
