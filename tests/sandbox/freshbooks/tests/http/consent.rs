use std::collections::BTreeMap;
use std::time::Duration;

use freshbooks_stand_in::{ALL_SCOPES, AccountOptions, NoRedirect, RedirectHosts};
use reqwest::redirect::Policy;
use reqwest::{Method, Url};
use serde_json::{Value, json};

use super::office::Office;

const BACK: &str = "http://127.0.0.1:9/back";

/// A browser that shows where it would be sent.
struct Browser {
    office: Office,
    http: reqwest::Client,
}

impl Browser {
    async fn open() -> Self {
        let office = Office::open().await;
        office.stand_in.add_redirect_uri(&office.app, BACK).unwrap();
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .build()
            .unwrap();
        Self { office, http }
    }

    /// The consent address with some parameters replaced; an empty one is left out.
    fn address(&self, changes: &[(&str, &str)]) -> Url {
        let mut fields = BTreeMap::from([
            ("response_type", "code"),
            ("client_id", self.office.app.client_id.as_str()),
            ("redirect_uri", BACK),
            ("scope", "user:invoices:read user:payments:read"),
            ("state", "s+t/1&2"),
        ]);
        fields.extend(changes.iter().copied());
        fields.retain(|_, value| !value.is_empty());
        let base = format!("{}/oauth/authorize", self.office.stand_in.url());
        Url::parse_with_params(&base, fields).unwrap()
    }

    async fn show(&self, address: Url) -> (u16, String) {
        let answer = self.http.get(address).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Sends the form; where the browser is sent then, by parameter.
    async fn press(&self, address: Url, form: &[(&str, &str)]) -> BTreeMap<String, String> {
        let answer = self.http.post(address).form(form).send().await.unwrap();
        assert_eq!(answer.status(), 302);
        let location = answer.headers()["location"].to_str().unwrap();
        assert!(location.starts_with(&format!("{BACK}?")), "{location}");
        let location = Url::parse(location).unwrap();
        location.query_pairs().into_owned().collect()
    }

    async fn exchange(&self, code: &str) -> (u16, Value) {
        let body = json!({
            "grant_type": "authorization_code", "client_id": self.office.app.client_id,
            "client_secret": self.office.app.client_secret, "code": code, "redirect_uri": BACK,
        });
        self.office
            .call("", Method::POST, "/auth/oauth/token", Some(body))
            .await
    }
}

#[tokio::test]
async fn who_allows_is_sent_back_with_the_state_and_a_code_that_is_good_once() {
    let browser = Browser::open().await;
    let (status, page) = browser.show(browser.address(&[])).await;
    assert_eq!(status, 200);
    assert!(
        page.contains("user:invoices:read") && page.contains("the owner of Acme"),
        "{page}"
    );

    let back = browser
        .press(browser.address(&[]), &[("decision", "allow")])
        .await;
    assert_eq!(back["state"], "s+t/1&2");
    let (status, pair) = browser.exchange(&back["code"]).await;
    assert_eq!(status, 200);
    let scope = "user:invoices:read user:payments:read user:profile:read";
    assert_eq!(pair["scope"], scope);
    assert_eq!(browser.exchange(&back["code"]).await.0, 400);
}

#[tokio::test]
async fn a_code_of_the_page_lives_for_five_minutes() {
    let browser = Browser::open().await;
    let back = browser
        .press(browser.address(&[]), &[("decision", "allow")])
        .await;
    browser.office.clock.advance(Duration::from_mins(5));
    assert_eq!(browser.exchange(&back["code"]).await.0, 400);
}

#[tokio::test]
async fn who_denies_is_sent_back_with_the_state_and_no_code() {
    let browser = Browser::open().await;
    let back = browser
        .press(browser.address(&[]), &[("decision", "deny")])
        .await;
    let expected = [("error", "access_denied"), ("state", "s+t/1&2")];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(back, BTreeMap::from(expected));
}

#[tokio::test]
async fn a_page_that_cannot_be_right_fails_as_a_whole_and_sends_nobody_back() {
    let browser = Browser::open().await;
    let scope = "The requested scope is invalid, unknown, or malformed.";
    let redirect = "The redirect address is not registered for this app.";
    for (change, sentence) in [
        (("client_id", "somebody"), "No app has this client id."),
        (("redirect_uri", "https://elsewhere.example/back"), redirect),
        (("redirect_uri", "http://127.0.0.1:9/back?a=b"), redirect),
        (("redirect_uri", ""), redirect),
        (("scope", "user:invoices:read user:invoice:read"), scope),
        (("scope", "user:profile:write"), scope),
        (
            ("response_type", "token"),
            "The response type has to be: code.",
        ),
    ] {
        let address = browser.address(&[change]);
        let (status, page) = browser.show(address.clone()).await;
        assert_eq!(status, 400, "{change:?}");
        assert!(page.contains(sentence), "{change:?}: {page}");
        let pressed = browser.http.post(address).form(&[("decision", "allow")]);
        assert_eq!(pressed.send().await.unwrap().status(), 400, "{change:?}");
    }
    let mut twice = browser.address(&[]);
    twice.query_pairs_mut().append_pair("state", "other");
    assert_eq!(browser.show(twice).await.0, 400);
}

#[tokio::test]
async fn a_form_without_a_decision_or_with_a_stranger_gives_no_code() {
    let browser = Browser::open().await;
    let forms: [&[(&str, &str)]; 3] = [
        &[],
        &[("decision", "perhaps")],
        &[("decision", "allow"), ("identity_id", "1")],
    ];
    for form in forms {
        let pressed = browser.http.post(browser.address(&[])).form(form);
        assert_eq!(pressed.send().await.unwrap().status(), 400, "{form:?}");
    }
}

#[tokio::test]
async fn a_scope_is_granted_only_where_it_is_asked_for_and_enabled() {
    let browser = Browser::open().await;
    let all = ALL_SCOPES.join(" ");
    let enabled = ["user:invoices:read", "user:clients:read"];
    for (wish, enabled, expected) in [
        ("", ALL_SCOPES, all.as_str()),
        ("user:estimates:read", ALL_SCOPES, "user:profile:read"),
        (
            "",
            &enabled[..],
            "user:invoices:read user:clients:read user:profile:read",
        ),
        (
            all.as_str(),
            &enabled[1..],
            "user:clients:read user:profile:read",
        ),
    ] {
        browser
            .office
            .stand_in
            .enable_scopes(&browser.office.app, enabled);
        let address = browser.address(&[("scope", wish)]);
        let back = browser.press(address, &[("decision", "allow")]).await;
        let (_, pair) = browser.exchange(&back["code"]).await;
        assert_eq!(pair["scope"], expected, "{wish}");
    }
}

#[tokio::test]
async fn of_several_people_the_one_who_is_chosen_consents() {
    let browser = Browser::open().await;
    let other = browser.office.stand_in.new_account(AccountOptions {
        name: "Bolt & <Nut>".to_owned(),
        ..AccountOptions::default()
    });
    let (_, page) = browser.show(browser.address(&[("state", "")])).await;
    assert!(page.contains("Bolt &amp; &lt;Nut&gt;"), "{page}");
    let identity = other.identity_id.to_string();
    assert!(page.contains(&format!("value=\"{identity}\"")), "{page}");

    let form = [("decision", "allow"), ("identity_id", identity.as_str())];
    let back = browser
        .press(browser.address(&[("state", "")]), &form)
        .await;
    assert!(!back.contains_key("state"));
    let (_, pair) = browser.exchange(&back["code"]).await;
    let token = pair["access_token"].as_str().unwrap();
    let (_, me) = browser.office.get(token, "/auth/api/v1/users/me").await;
    let business = &me["response"]["business_memberships"][0]["business"];
    assert_eq!(business["account_id"], other.account_id);
}

#[tokio::test]
async fn the_portal_takes_plain_http_for_this_machine_only_and_not_even_that_where_it_is_strict() {
    let office = Office::open().await;
    let refused = office
        .stand_in
        .add_redirect_uri(&office.app, "http://c.example/back");
    assert_eq!(refused, Err(NoRedirect::NotHttps));
    let strict = Office::with(|options| options.redirect_hosts = RedirectHosts::HttpsOnly).await;
    let refused = strict.stand_in.add_redirect_uri(&strict.app, BACK);
    assert_eq!(refused, Err(NoRedirect::NotHttps));
}
