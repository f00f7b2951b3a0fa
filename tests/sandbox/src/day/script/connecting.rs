//! Before the doors open: the two accounts are connected, as `connectorctl` and a browser would do it.

use std::pin::pin;
use std::time::Duration;

use reqwest::{Method, Response, StatusCode, header};
use serde_json::{Value, json};
use url::Url;

use super::super::errands::answer_to;
use super::super::office::Office;
use super::super::story::Story;
use crate::NotStarted;
use crate::plant::not;

/// Those of the sales side, which tests share, and those of what is bought and booked.
const SETTINGS: &str = concat!(
    include_str!("../settings.toml"),
    "\n",
    include_str!("../bought.toml")
);

/// How often FreshBooks looks for handshakes to deliver, on the day's clock.
const HANDSHAKES_EVERY: Duration = Duration::from_secs(1);

/// Makes the connection `acme` through the console's own routes.
///
/// # Errors
/// The console or a stand-in did not let her.
pub(super) async fn dana_connects(story: &mut Story<'_>) -> Result<(), NotStarted> {
    let office = story.office;
    add(office).await?;
    story.tell_of("a connection is made, with its settings", true);

    let page = consent(office).await?;
    let connected = page.contains("acme is connected to FreshBooks");
    story.tell_of(
        "she agrees on FreshBooks' consent screen, and comes back",
        connected,
    );

    let company = office
        .ask(
            Method::PUT,
            "/connections/acme/keys",
            Some(json!({
                "account_id": office.keys.account_id,
                "application_key": office.keys.application_key,
            })),
        )
        .await?;
    let name = company["name"].as_str().unwrap_or_default();
    let what = format!("Cin7's keys are checked, they are those of {name}, and stored");
    story.tell_of(&what, !name.is_empty());

    let callbacks = register(office).await?;
    let callbacks = callbacks["callbacks"].as_array();
    let callbacks = callbacks.into_iter().flatten();
    let delivering = callbacks
        .filter(|callback| callback["delivers"] == true)
        .count();
    let what = format!("{delivering} callbacks are registered, and their handshakes are done");
    story.tell_of(&what, delivering == 5);

    let shown = office.ask(Method::GET, "/connections/acme", None).await?;
    let status = shown["status"].as_str().unwrap_or_default();
    story.tell_of(&format!("the connection is {status}"), status == "active");
    Ok(())
}

async fn add(office: &Office) -> Result<Value, NotStarted> {
    let app = office.freshbooks.new_app();
    office
        .freshbooks
        .add_redirect_uri(&app, &format!("{}/oauth/callback", office.url()))
        .map_err(not("FreshBooks' developer portal"))?;
    let new = json!({
        "id": "acme", "client_id": app.client_id, "client_secret": app.client_secret,
        "settings": SETTINGS,
    });
    office.ask(Method::POST, "/connections", Some(new)).await
}

/// Goes the browser's way, from the address that `connection connect` prints to the page at its end.
async fn consent(office: &Office) -> Result<String, NotStarted> {
    let asked = office
        .ask(Method::POST, "/connections/acme/consent", None)
        .await?;
    let address = asked["url"].as_str().unwrap_or_default();
    let led = sent(office.http.get(address)).await?;
    let cookie = led.headers().get(header::SET_COOKIE);
    let cookie = cookie.and_then(|cookie| cookie.to_str().ok());
    let cookie = cookie.and_then(|cookie| cookie.split(';').next());
    let cookie = cookie.unwrap_or_default().to_owned();

    let screen = leads_to(&led)?;
    sent(office.http.get(screen.clone())).await?;
    let yes = format!("decision=allow&identity_id={}", office.account.identity_id);
    let answered = sent(office.http.post(screen).body(yes)).await?;
    let back = leads_to(&answered)?;
    let page = sent(office.http.get(back).header(header::COOKIE, cookie)).await?;
    page.text().await.map_err(not("the consent"))
}

/// An answer that is a page or leads on to one.
async fn sent(request: reqwest::RequestBuilder) -> Result<Response, NotStarted> {
    let answer = request.send().await.map_err(not("the consent"))?;
    match answer.status() {
        StatusCode::OK | StatusCode::FOUND => Ok(answer),
        status => Err(not("the consent")(format!("a page answers {status}"))),
    }
}

fn leads_to(answer: &Response) -> Result<Url, NotStarted> {
    let location = answer.headers().get(header::LOCATION);
    let location = location.and_then(|location| location.to_str().ok());
    let location = location.ok_or_else(|| not("the consent")("a page leads nowhere"))?;
    location.parse().map_err(not("the consent"))
}

/// Registers the callbacks while FreshBooks delivers their handshakes.
async fn register(office: &Office) -> Result<Value, NotStarted> {
    let mut registering = pin!(office.ask(Method::POST, "/connections/acme/callbacks", None));
    loop {
        tokio::select! {
            registered = &mut registering => return registered,
            () = office.plant.clock().sleep(HANDSHAKES_EVERY) => {
                office.freshbooks.deliver_all().await;
            }
        }
    }
}

impl Office {
    /// Asks the console's API; its answer.
    pub(in super::super) async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Result<Value, NotStarted> {
        let request = self.http.request(method, format!("{}{path}", self.url()));
        let mut request = request.bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        answer_to(request).await.map_err(not("the console"))
    }
}
