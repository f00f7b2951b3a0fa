//! `/oauth/authorize`, the consent screen of FreshBooks' authentication host (docs/freshbooks-api.md, OAuth).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::page::{self, Person};
use super::portal::RegisteredApp;
use super::{Consented, scopes};
use crate::world::{Shared, World};

/// Granted whether or not it is asked for.
const ALWAYS_GRANTED: &str = "user:profile:read";

/// The consent screen.
pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/oauth/authorize", get(show).post(decide))
}

async fn show(State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery) -> Response {
    let world = shared.lock();
    match Asked::parse(&world, &query.unwrap_or_default()) {
        Ok(asked) => page::question(&asked.scopes, &people(&world)),
        Err(sentence) => page::refusal(sentence),
    }
}

async fn decide(
    State(shared): State<Arc<Shared>>,
    RawQuery(query): RawQuery,
    body: Bytes,
) -> Response {
    let mut world = shared.lock();
    let asked = match Asked::parse(&world, &query.unwrap_or_default()) {
        Ok(asked) => asked,
        Err(sentence) => return page::refusal(sentence),
    };
    let form: BTreeMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    match form.get("decision").map(String::as_str) {
        Some("allow") => {}
        // What FreshBooks sends here is unconfirmed: the words of RFC 6749.
        Some("deny") => return asked.send_back("error", "access_denied"),
        _ => return page::refusal("The form has to say whether to allow or to deny."),
    }
    let Some(identity_id) = chosen(&people(&world), form.get("identity_id")) else {
        return page::refusal("Nobody here can give this consent.");
    };
    let consented = Consented {
        client_id: &asked.client_id,
        identity_id,
        scopes: asked.scopes.clone(),
        redirect_uri: &asked.redirect_uri,
    };
    let code = consented.code(&mut world, shared.now());
    asked.send_back("code", &code)
}

/// What an app asks of a person, checked.
#[derive(Debug)]
struct Asked {
    client_id: String,
    redirect_uri: String,
    /// Those asked for that are enabled for the app.
    scopes: Vec<String>,
    state: Option<String>,
}

impl Asked {
    /// A sentence where the page fails. Nobody is sent back then, since the address may be anybody's.
    fn parse(world: &World, query: &str) -> Result<Self, &'static str> {
        let mut fields = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()).into_owned() {
            if fields.insert(name, value).is_some() {
                return Err("A parameter was sent twice.");
            }
        }
        let field = |name: &str| fields.get(name).map_or("", String::as_str);
        let registered = world
            .apps
            .iter()
            .find(|known| known.app.client_id == field("client_id"))
            .ok_or("No app has this client id.")?;
        let redirect_uri = field("redirect_uri").to_owned();
        if !registered.redirect_uris.contains(&redirect_uri) {
            return Err("The redirect address is not registered for this app.");
        }
        if field("response_type") != "code" {
            return Err("The response type has to be: code.");
        }
        Ok(Self {
            client_id: registered.app.client_id.clone(),
            redirect_uri,
            scopes: granted(registered, field("scope"))?,
            state: fields.get("state").cloned(),
        })
    }

    fn send_back(&self, name: &str, value: &str) -> Response {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair(name, value);
        if let Some(state) = &self.state {
            query.append_pair("state", state);
        }
        let address = format!("{}?{}", self.redirect_uri, query.finish());
        (StatusCode::FOUND, [(LOCATION, address)]).into_response()
    }
}

/// Asked and enabled; without a wish, all that is enabled.
fn granted(registered: &RegisteredApp, wish: &str) -> Result<Vec<String>, &'static str> {
    let asked: Vec<&str> = wish.split_whitespace().collect();
    if !asked.iter().all(|scope| scopes::is_known(scope)) {
        return Err("The requested scope is invalid, unknown, or malformed.");
    }
    let mut granted: Vec<String> = registered
        .enabled_scopes
        .iter()
        .filter(|enabled| asked.is_empty() || asked.contains(&enabled.as_str()))
        .cloned()
        .collect();
    if !granted.iter().any(|scope| scope == ALWAYS_GRANTED) {
        granted.push(ALWAYS_GRANTED.to_owned());
    }
    Ok(granted)
}

/// Everybody who owns a business, each once.
fn people(world: &World) -> Vec<Person> {
    let mut businesses: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for books in world.accounts.values() {
        let names = businesses.entry(books.account.identity_id).or_default();
        names.push(books.name.clone());
    }
    businesses
        .into_iter()
        .map(|(identity_id, businesses)| Person {
            identity_id,
            businesses,
        })
        .collect()
}

/// The person whom the form names, or the first where it names none.
fn chosen(people: &[Person], named: Option<&String>) -> Option<i64> {
    let is_chosen =
        |person: &&Person| named.is_none_or(|named| *named == person.identity_id.to_string());
    people
        .iter()
        .find(is_chosen)
        .map(|person| person.identity_id)
}
