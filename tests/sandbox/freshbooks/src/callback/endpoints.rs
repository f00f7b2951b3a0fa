//! List, read, register, verify, resend, change, delete.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::Callback;
use super::failure::Failure;
use super::request::{Envelope, Fields, Target};
use crate::account::{Account, Resend};
use crate::delivery::handshake;
use crate::gate::{self, Denied};
use crate::query::Query;
use crate::time::Eastern;
use crate::world::{Shared, World};

/// The callback endpoints.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    let path = "/events/account/{account_id}/events/callbacks";
    Router::new().route(path, get(list).post(register)).route(
        &format!("{path}/{{id}}"),
        get(read).put(change).delete(remove),
    )
}

type Outcome = Result<Response, Failure>;

async fn list(
    State(shared): State<Arc<Shared>>,
    Path(account_id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Outcome {
    let query = Query::parse(&query.unwrap_or_default());
    let mut world = shared.lock();
    let account = enter(&shared, &world, &headers, &account_id, None)?;
    let page = query.page()?;
    // `search[event]` finds the event itself and its parent noun.
    let finds = |callback: &&Callback| {
        query.term("event").is_none_or(|term| {
            let wanted = term.value();
            callback.event == wanted || wanted.split('.').next() == Some(callback.event.as_str())
        })
    };
    let books = world.books_mut(&account);
    let rows: Vec<Value> = books
        .callbacks
        .values()
        .filter(finds)
        .map(|row| shown(row, &shared.eastern))
        .collect();
    let total = rows.len();
    Ok(Json(page.envelope("callbacks", total, page.cut(rows))).into_response())
}

async fn read(
    State(shared): State<Arc<Shared>>,
    Path((account_id, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Outcome {
    let mut world = shared.lock();
    let account = enter(&shared, &world, &headers, &account_id, None)?;
    let callback = find(&mut world, &account, &id)?;
    Ok(answer(callback, &shared.eastern))
}

async fn register(
    State(shared): State<Arc<Shared>>,
    Path(account_id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Outcome {
    let mut world = shared.lock();
    let account = enter(&shared, &world, &headers, &account_id, None)?;
    let target = parse(&body)?.target(None).map_err(Failure::Invalid)?;
    enter(&shared, &world, &headers, &account_id, Some(target.scope))?;
    let verifier = world.mint.verifier();
    let world = &mut *world;
    let books = world.books_mut(&account);
    let id = books.next_id();
    let Target { event, uri, .. } = target;
    // Registering the same event and address again is not documented to fail: a second callback.
    let callback = Callback {
        id,
        event,
        uri,
        verified: false,
        verifier,
        updated: shared.now(),
    };
    let response = answer(&callback, &shared.eastern);
    books.callbacks.insert(id, callback.clone());
    shake_hands(world, &account, &callback);
    Ok(response)
}

async fn change(
    State(shared): State<Arc<Shared>>,
    Path((account_id, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Outcome {
    let mut world = shared.lock();
    let account = enter(&shared, &world, &headers, &account_id, None)?;
    let fields = parse(&body)?;
    let mut callback = find(&mut world, &account, &id)?.clone();
    if let Some(verifier) = &fields.verifier {
        if *verifier != callback.verifier {
            return Err(Failure::BadRequest(
                "The verifier does not match.".to_owned(),
            ));
        }
        callback.verified = true;
    } else if fields.resend {
        resend(&mut world, &account, &mut callback);
    } else {
        let target = fields.target(Some(&callback)).map_err(Failure::Invalid)?;
        enter(&shared, &world, &headers, &account_id, Some(target.scope))?;
        retarget(&mut world, &account, &mut callback, target);
    }
    callback.updated = shared.now();
    let response = answer(&callback, &shared.eastern);
    world
        .books_mut(&account)
        .callbacks
        .insert(callback.id, callback);
    Ok(response)
}

async fn remove(
    State(shared): State<Arc<Shared>>,
    Path((account_id, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Outcome {
    let mut world = shared.lock();
    let account = enter(&shared, &world, &headers, &account_id, None)?;
    let id = find(&mut world, &account, &id)?.id;
    world.books_mut(&account).callbacks.remove(&id);
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn resend(world: &mut World, account: &Account, callback: &mut Callback) {
    if world.books_mut(account).quirks.resend == Resend::NewVerifier {
        callback.verifier = world.mint.verifier();
    }
    shake_hands(world, account, callback);
}

fn shake_hands(world: &mut World, account: &Account, callback: &Callback) {
    let quirks = world.books_mut(account).quirks.clone();
    handshake(&mut world.post, &account.account_id, &quirks, callback);
}

/// Another address has to prove itself again (our reading); another event does not.
fn retarget(world: &mut World, account: &Account, callback: &mut Callback, target: Target) {
    let moved = callback.uri != target.uri;
    callback.event = target.event;
    callback.uri = target.uri;
    if moved {
        callback.verified = false;
        callback.verifier = world.mint.verifier();
        shake_hands(world, account, callback);
    }
}

fn enter(
    shared: &Shared,
    world: &World,
    headers: &HeaderMap,
    account_id: &str,
    scope: Option<&str>,
) -> Result<Account, Denied> {
    let (books, grant) = gate::books(world, headers, account_id, shared.now())?;
    scope.map_or(Ok(()), |scope| gate::scope(grant, scope))?;
    Ok(books.account.clone())
}

fn find<'w>(world: &'w mut World, account: &Account, id: &str) -> Result<&'w Callback, Failure> {
    let books = world.books_mut(account);
    id.parse()
        .ok()
        .and_then(|id: i64| books.callbacks.get(&id))
        .ok_or(Failure::NotFound)
}

fn parse(body: &[u8]) -> Result<Fields, Failure> {
    serde_json::from_slice::<Envelope>(body)
        .map(|envelope| envelope.callback)
        .map_err(|_| Failure::BadRequest("The body could not be read.".to_owned()))
}

fn answer(callback: &Callback, eastern: &Eastern) -> Response {
    Json(json!({"response": {"result": {"callback": shown(callback, eastern)}}})).into_response()
}

/// The verifier is not shown: only the handshake tells it.
fn shown(callback: &Callback, eastern: &Eastern) -> Value {
    json!({
        "callbackid": callback.id, "verified": callback.verified, "event": callback.event,
        "uri": callback.uri, "updated_at": eastern.stamp(callback.updated),
    })
}
