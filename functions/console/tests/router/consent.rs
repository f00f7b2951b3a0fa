//! From the ticket over FreshBooks' consent page to a connection that is connected.

use lambda_http::http::Request;
use lambda_http::{Body, Response};
use serde_json::{Value, json};
use url::Url;

use crate::bench::{ALICE, Bench, PUBLIC, is_page};

/// What a browser does with a ticket until FreshBooks sends it back: where to, and with which cookie.
async fn at_freshbooks(bench: &Bench, decision: &str) -> (String, String) {
    let (_, ticket) = bench
        .ask("POST", "/connections/acme/consent", Value::Null)
        .await;
    let path = ticket["url"]
        .as_str()
        .unwrap()
        .strip_prefix(PUBLIC)
        .unwrap()
        .to_owned();
    let opened = bench.send("GET", &path, "", None).await;
    assert_eq!(opened.status(), 302, "{:?}", opened.body());
    assert!(is_page(&opened));
    let again = bench.send("GET", &path, "", None).await;
    assert!(
        again.status() == 404 && is_page(&again),
        "a ticket works once"
    );
    let set = opened.headers()["set-cookie"].to_str().unwrap();
    assert!(
        set.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=900"),
        "{set}"
    );
    let cookie = set.split(';').next().unwrap().to_owned();
    let authorize = opened.headers()["location"].to_str().unwrap();
    let http = sync::http::client(sync::http::Timeouts::default()).unwrap();
    let form = http.post(authorize).form(&[("decision", decision)]);
    let back = form.send().await.unwrap();
    let back: Url = back.headers()["location"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    (format!("{}?{}", back.path(), back.query().unwrap()), cookie)
}

async fn come_back(bench: &Bench, address: &str, cookie: &str) -> (u16, String, Response<Body>) {
    let request = Request::get(address)
        .header("cookie", cookie)
        .body(Vec::new());
    let answer = bench.receive(request.unwrap(), None).await;
    assert!(is_page(&answer));
    let text = String::from_utf8(answer.body().to_vec()).unwrap();
    (answer.status().as_u16(), text, answer)
}

#[tokio::test]
async fn consent_with_one_business_connects_it_and_says_what_comes_next() {
    let bench = Bench::start().await;
    bench
        .freshbooks
        .new_account(freshbooks_stand_in::AccountOptions {
            name: "Acme <b>&</b> Sons".to_owned(),
            ..Default::default()
        });
    bench.acme().await;
    let (address, cookie) = at_freshbooks(&bench, "allow").await;
    let (status, text, answer) = come_back(&bench, &address, &format!("other=1; {cookie}")).await;
    assert_eq!(status, 200, "{text}");
    assert!(text.contains("acme is connected to FreshBooks"), "{text}");
    assert!(
        text.contains("Acme &lt;b&gt;&amp;&lt;/b&gt; Sons"),
        "{text}"
    );
    assert!(text.contains("connectorctl connection show acme"), "{text}");
    let forgotten = answer.headers()["set-cookie"].to_str().unwrap();
    assert_eq!(
        forgotten,
        "consent=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"
    );

    let (status, text, _) = come_back(&bench, &address, &cookie).await;
    assert_eq!(status, 400, "a state works once: {text}");
    let listed = bench.get("/connections/acme/businesses").await;
    assert_eq!(listed["businesses"][0]["name"], "Acme <b>&</b> Sons");
    let (status, callbacks) = bench
        .ask("POST", "/connections/acme/callbacks", Value::Null)
        .await;
    assert_eq!(status, 200);
    assert_eq!(
        callbacks["callbacks"][0]["state"], "registered",
        "{callbacks}"
    );
}

#[tokio::test]
async fn consent_with_two_businesses_lets_a_person_pick() {
    let bench = Bench::start().await;
    let first = bench
        .freshbooks
        .new_account(freshbooks_stand_in::AccountOptions::default());
    let second = bench
        .freshbooks
        .new_account(freshbooks_stand_in::AccountOptions {
            owner: Some(first.identity_id),
            ..Default::default()
        });
    bench.acme().await;
    let (address, cookie) = at_freshbooks(&bench, "allow").await;
    let (status, text, _) = come_back(&bench, &address, &cookie).await;
    assert_eq!(status, 200, "{text}");
    assert!(
        text.contains(&second.account_id) && text.contains("pick acme ACCOUNT"),
        "{text}"
    );
    let pick = json!({ "account_id": second.account_id });
    let (status, picked) = bench.ask("PUT", "/connections/acme/business", pick).await;
    assert_eq!(
        (status, &picked["business_uuid"]),
        (200, &json!(second.business_uuid))
    );
    let other = json!({ "account_id": first.account_id });
    assert_eq!(
        bench
            .ask("PUT", "/connections/acme/business", other)
            .await
            .0,
        400
    );
}

#[tokio::test]
async fn another_browser_a_refusal_and_nonsense_connect_nothing() {
    let bench = Bench::start().await;
    bench
        .freshbooks
        .new_account(freshbooks_stand_in::AccountOptions::default());
    bench.acme().await;
    let (address, _) = at_freshbooks(&bench, "allow").await;
    let (status, text, _) = come_back(&bench, &address, "consent=stolen").await;
    assert_eq!(status, 400, "{text}");
    let (address, cookie) = at_freshbooks(&bench, "deny").await;
    let (status, text, _) = come_back(&bench, &address, &cookie).await;
    assert_eq!(status, 502, "{text}");
    assert!(
        text.contains("consent was not given (access_denied)"),
        "{text}"
    );
    for address in [
        "/oauth/callback",
        "/oauth/callback?code=a&state=b",
        "/oauth/callback?state=a&state=b",
    ] {
        let (status, text, _) = come_back(&bench, address, &cookie).await;
        assert_eq!(status, 400, "{address}: {text}");
    }
    let nothing = bench
        .send("GET", "/consent/acme.nonsense", "", Some(ALICE))
        .await;
    assert!(nothing.status() == 404 && is_page(&nothing));
    assert_eq!(
        bench.get("/connections/acme").await["status"],
        "needs_consent"
    );
}
