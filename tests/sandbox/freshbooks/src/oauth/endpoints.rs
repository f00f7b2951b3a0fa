//! `/auth/oauth/token` and `/auth/oauth/revoke`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::ACCESS_TOKEN_SECONDS;
use super::grants::Pair;
use crate::account::ErrorShape;
use crate::refusal::Family;
use crate::world::{Shared, World};

/// The token endpoints.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/auth/oauth/token", post(token))
        .route("/auth/oauth/revoke", post(revoke))
        .merge(super::consent::routes())
}

async fn token(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let fields = Fields::parse(&headers, &body);
    let mut world = shared.lock();
    if !fields.name_an_app(&world) {
        return wrong_client();
    }
    let pair = match fields.get("grant_type") {
        "refresh_token" => refresh(&shared, &mut world, &fields),
        "authorization_code" => exchange(&shared, &mut world, &fields),
        "" => return oauth_error("invalid_request", "The request is missing: grant_type."),
        _ => return oauth_error("unsupported_grant_type", "The grant type is not supported."),
    };
    match pair {
        Some(pair) => Json(answer(&pair)).into_response(),
        None => oauth_error(
            "invalid_grant",
            "The provided authorization grant is invalid, expired, revoked, or was used before.",
        ),
    }
}

fn refresh(shared: &Shared, world: &mut World, fields: &Fields) -> Option<Pair> {
    let (client_id, token) = (fields.get("client_id"), fields.get("refresh_token"));
    let grant = world.grants.by_refresh_token(client_id, token)?;
    Some(grant.renew(&mut world.mint, shared.now(), shared.previous_access_token))
}

fn exchange(shared: &Shared, world: &mut World, fields: &Fields) -> Option<Pair> {
    let client_id = fields.get("client_id");
    let (code, redirect_uri) = (fields.get("code"), fields.get("redirect_uri"));
    let code = world
        .grants
        .take_code(client_id, code, redirect_uri, shared.now())?;
    let grant = world.grants.open(client_id, code.identity_id, code.scopes);
    Some(grant.renew(&mut world.mint, shared.now(), shared.previous_access_token))
}

async fn revoke(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let fields = Fields::parse(&headers, &body);
    let mut world = shared.lock();
    if !fields.name_an_app(&world) {
        return wrong_client();
    }
    world
        .grants
        .revoke(fields.get("client_id"), fields.get("token"));
    Json(json!({})).into_response()
}

/// Keys beyond the documented ones, since captures show them: clients must ignore what they do not know.
fn answer(pair: &Pair) -> Value {
    json!({
        "access_token": pair.access_token,
        "token_type": "Bearer",
        "expires_in": ACCESS_TOKEN_SECONDS,
        "refresh_token": pair.refresh_token,
        "scope": pair.scope,
        "created_at": pair.created.as_second(),
        "direct_buy_tokens": {},
        "id_token": null,
    })
}

fn wrong_client() -> Response {
    Family::Accounting(ErrorShape::default()).unauthenticated()
}

fn oauth_error(error: &str, description: &str) -> Response {
    let body = json!({"error": error, "error_description": description});
    (StatusCode::BAD_REQUEST, Json(body)).into_response()
}

/// The fields of a body, which may be JSON or a form: the official SDKs send one each.
struct Fields(BTreeMap<String, String>);

impl Fields {
    fn parse(headers: &HeaderMap, body: &[u8]) -> Self {
        let content_type = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        if content_type.is_some_and(|name| name.starts_with("application/json")) {
            return Self(serde_json::from_slice(body).unwrap_or_default());
        }
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    fn name_an_app(&self, world: &World) -> bool {
        let (id, secret) = (self.get("client_id"), self.get("client_secret"));
        world
            .apps
            .iter()
            .any(|known| known.app.client_id == id && known.app.client_secret == secret)
    }
}
