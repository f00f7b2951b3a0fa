//! `GET /auth/api/v1/users/me` (docs/freshbooks-api.md, identity).

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use crate::account::ErrorShape;
use crate::gate;
use crate::refusal::Family;
use crate::world::{Books, Shared};

/// The identity endpoint; `user:profile:read` is always granted, so any live token opens it.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/auth/api/v1/users/me", get(me))
}

async fn me(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let world = shared.lock();
    let grant = match gate::grant(&world, &headers, shared.now()) {
        Ok(grant) => grant,
        Err(denied) => return denied.answer(Family::Accounting(ErrorShape::default())),
    };
    let id = grant.identity_id;
    let owned: Vec<&Books> = world
        .accounts
        .values()
        .filter(|books| books.account.identity_id == id)
        .collect();
    // No `result` level here, unlike the accounting family.
    Json(json!({"response": person(id, &owned)})).into_response()
}

fn person(id: i64, owned: &[&Books]) -> Value {
    let mut memberships: Vec<Value> = owned.iter().map(|books| own_business(books)).collect();
    memberships.push(foreign_business(id));
    let roles: Vec<Value> = owned
        .iter()
        .map(|books| json!({"accountid": books.account.account_id, "role": "admin"}))
        .collect();
    let subscriptions: Map<String, Value> = owned
        .iter()
        .map(|books| {
            let status = if books.quirks.lapsed {
                "cancelled"
            } else {
                "active"
            };
            (books.account.account_id.clone(), json!(status))
        })
        .collect();
    json!({
        "id": id, "identity_id": id, "identity_uuid": format!("5b1c0000-0000-4000-8000-{id:012}"),
        "first_name": "Ada", "last_name": "B", "email": format!("owner-{id}@example.com"),
        "language": "en", "confirmed_at": "2025-01-05T10:00:00Z", "created_at": "2025-01-05T09:59:00Z",
        "business_memberships": memberships, "roles": roles, "groups": [],
        "subscription_statuses": subscriptions,
    })
}

/// The membership id is of no use in any address; it differs from the business id on purpose.
fn own_business(books: &Books) -> Value {
    let account = &books.account;
    json!({
        "id": account.business_id - 4_801_222, "role": "owner", "unacknowledged_change": false,
        "business": {
            "id": account.business_id, "business_uuid": account.business_uuid, "name": books.name,
            "account_id": account.account_id, "date_format": "mm/dd/yyyy", "address": {},
            "phone_number": null, "business_clients": [], "active": true,
        },
    })
}

/// People are often clients of other businesses; such a membership has no accounting account.
fn foreign_business(identity_id: i64) -> Value {
    json!({
        "id": 9_000_000 + identity_id, "role": "client", "unacknowledged_change": false,
        "business": {
            "id": 9_100_000 + identity_id,
            "business_uuid": format!("9c2d0000-0000-4000-8000-{identity_id:012}"),
            "name": "A supplier of theirs", "account_id": null, "date_format": "mm/dd/yyyy",
            "address": {}, "phone_number": null, "business_clients": [], "active": true,
        },
    })
}
