//! The pages of the consent screen.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// Somebody who could say yes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) identity_id: i64,
    /// The names of the businesses, which is how a reader tells people apart.
    pub(super) businesses: Vec<String>,
}

/// The question. The form goes back to the very address of the page, query included.
pub(super) fn question(scopes: &[String], people: &[Person]) -> Response {
    let scopes: String = scopes
        .iter()
        .map(|scope| format!("<li><code>{}</code></li>", escaped(scope)))
        .collect();
    let people: String = people
        .iter()
        .enumerate()
        .map(|(at, person)| choice(person, at == 0))
        .collect();
    page(
        "Let this app read your books?",
        &format!(
            "<p>The app asks for:</p><ul>{scopes}</ul>\
             <form method=\"post\"><fieldset><legend>You are</legend>{people}</fieldset>\
             <button name=\"decision\" value=\"allow\">Allow</button>\
             <button name=\"decision\" value=\"deny\">Deny</button></form>"
        ),
    )
    .into_response()
}

/// Why nobody is asked and nobody is sent back.
pub(super) fn refusal(sentence: &str) -> Response {
    let page = page(
        "This app cannot be connected",
        &format!("<p>{}</p>", escaped(sentence)),
    );
    (StatusCode::BAD_REQUEST, page).into_response()
}

fn choice(person: &Person, is_chosen: bool) -> String {
    let (id, checked) = (person.identity_id, if is_chosen { " checked" } else { "" });
    let businesses = escaped(&person.businesses.join(", "));
    format!(
        "<label><input type=\"radio\" name=\"identity_id\" value=\"{id}\"{checked}> \
         the owner of {businesses}</label><br>"
    )
}

fn page(title: &str, body: &str) -> Html<String> {
    Html(format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
         <h1>{title}</h1>{body}<p>This is a stand-in for FreshBooks.</p></html>"
    ))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
