//! No part of a secret stands in anything that people are told.

use secrecy::ExposeSecret as _;

use crate::world::{World, again, end_of, id};

/// Everything that the desk said, and everything that must not stand in it.
#[derive(Default)]
struct Heard {
    said: Vec<String>,
    secrets: Vec<(&'static str, String)>,
}

impl Heard {
    fn said(&mut self, what: impl std::fmt::Debug) {
        self.said.push(format!("{what:?} {what:#?}"));
    }

    fn secret(&mut self, what: &'static str, secret: &str) {
        assert!(secret.len() > 7, "{what}");
        self.secrets.push((what, secret.to_owned()));
    }

    fn assert_nothing_told(&self) {
        for said in &self.said {
            for (what, secret) in &self.secrets {
                assert!(
                    !said.contains(secret.as_str()),
                    "the {what} stands in {said}"
                );
            }
        }
    }
}

#[tokio::test]
async fn no_answer_of_the_desk_and_no_error_holds_a_secret() {
    let world = World::start().await;
    let mut heard = Heard::default();
    heard.secret("client secret", &world.app.client_secret);
    heard.secret("Cin7 key", &world.keys.application_key);
    heard.secret("Cin7 account", &world.keys.account_id);
    heard.said(world.new_connection());
    heard.said(world.add().await);

    let desk = world.desk();
    let ticket = desk.begin_consent(&id()).await.unwrap();
    let opened = desk.open_ticket(&end_of(&ticket.url)).await.unwrap();
    heard.secret("cookie", opened.cookie.expose_secret());
    let used = end_of(&ticket.url);
    heard.secret("ticket", &used);
    heard.said(desk.open_ticket(&used).await.unwrap_err());
    let answered = world.decide(&opened, "decision=allow").await;
    heard.secret("state", &answered.state);
    let code = answered.code.as_ref().unwrap();
    heard.secret("code", code.expose_secret());
    let twice = again(&answered);
    heard.said(desk.consented(answered).await.unwrap());
    heard.said(desk.consented(twice).await.unwrap_err());
    heard.said(world.store_keys(&world.keys).await);
    heard.said(world.register().await);
    for callback in world.freshbooks.callbacks(&world.account) {
        heard.secret("verifier", &callback.verifier);
    }
    let live = world
        .freshbooks
        .live_refresh_token(&world.app, &world.account);
    heard.secret("refresh token", &live.unwrap());
    heard.secrets.push(("access token", "eyJ".to_owned()));
    heard.said(desk.show(&id()).await.unwrap());
    heard.said(desk.list().await.unwrap());
    heard.said(serde_json::to_string(&desk.show(&id()).await.unwrap()).unwrap());
    heard.said(&desk);

    world.cin7.revoke_key(&world.keys);
    heard.said(world.try_keys(&world.keys).await.unwrap_err());
    world.freshbooks.disconnect(&world.app, &world.account);
    world.a_day_passes();
    heard.said(desk.businesses(&id()).await.unwrap_err());
    heard.said(desk.show(&id()).await.unwrap());
    heard.assert_nothing_told();
}
