//! A person with a browser, in front of FreshBooks' consent screen.

use connections::{Answered, Consented, Error, Opened};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{World, id};

impl World {
    /// Begins a consent and opens its ticket, as far as FreshBooks' page.
    pub(crate) async fn open(&self) -> Opened {
        let ticket = self.desk().begin_consent(&id()).await.unwrap();
        self.desk().open_ticket(&end_of(&ticket.url)).await.unwrap()
    }

    /// Reads the page, says yes or no, and comes back with what FreshBooks sends along.
    pub(crate) async fn decide(&self, opened: &Opened, form: &str) -> Answered {
        let page = self.http.get(opened.authorize.clone()).send().await;
        assert_eq!(page.unwrap().status(), 200, "the consent screen");
        let answer = self
            .http
            .post(opened.authorize.clone())
            .body(form.to_owned())
            .send()
            .await
            .unwrap();
        let back = answer.headers()["location"].to_str().unwrap().to_owned();
        let mut answered = Answered {
            cookie: Some(same(&opened.cookie)),
            ..Answered::default()
        };
        for (name, value) in Url::parse(&back).unwrap().query_pairs() {
            match &*name {
                "code" => answered.code = Some(value.into_owned().into()),
                "state" => answered.state = value.into_owned(),
                "error" => answered.error = Some(value.into_owned()),
                _ => {}
            }
        }
        answered
    }

    /// The whole consent, up to what the person is told.
    pub(crate) async fn try_consent(&self) -> Result<Consented, Error> {
        let opened = self.open().await;
        let form = format!("decision=allow&identity_id={}", self.account.identity_id);
        let answered = self.decide(&opened, &form).await;
        self.desk().consented(answered).await
    }

    /// The same where it works.
    pub(crate) async fn consent(&self) -> Consented {
        self.try_consent().await.unwrap()
    }
}

/// What stands behind the last slash.
pub(crate) fn end_of(url: &str) -> String {
    url.rsplit('/').next().unwrap().to_owned()
}

/// An answer a second time.
pub(crate) fn again(answered: &Answered) -> Answered {
    Answered {
        code: answered.code.as_ref().map(same),
        state: answered.state.clone(),
        error: answered.error.clone(),
        cookie: answered.cookie.as_ref().map(same),
    }
}

pub(crate) fn same(secret: &SecretString) -> SecretString {
    secret.expose_secret().to_owned().into()
}
