//! Who consented to what, and the tokens that came of it.

use std::time::Duration;

use clock::later;
use jiff::{SignedDuration, Timestamp};

use super::{ACCESS_TOKEN_SECONDS, PreviousAccessToken};
use crate::mint::Mint;

const CODE_LIFE: Duration = Duration::from_mins(5);

/// An authorization code that has not been exchanged yet.
#[derive(Debug, Clone)]
pub(crate) struct Code {
    pub(crate) code: String,
    pub(crate) client_id: String,
    pub(crate) identity_id: i64,
    pub(crate) scopes: Vec<String>,
    pub(crate) redirect_uri: String,
    pub(crate) made: Timestamp,
}

/// A token pair as it is given out.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
    pub(crate) created: Timestamp,
    pub(crate) scope: String,
}

/// One person's consent to one app. There is room for one refresh token only, which is the whole of
/// the single-use rule.
#[derive(Debug)]
pub(crate) struct Grant {
    client_id: String,
    pub(crate) identity_id: i64,
    pub(crate) scopes: Vec<String>,
    pub(crate) refresh_token: Option<String>,
    access_tokens: Vec<(String, Timestamp)>,
}

impl Grant {
    /// Gives out a new pair and ends the one before it.
    pub(crate) fn renew(
        &mut self,
        mint: &mut Mint,
        now: Timestamp,
        previous: PreviousAccessToken,
    ) -> Pair {
        if previous == PreviousAccessToken::Dies {
            self.access_tokens.clear();
        }
        let pair = Pair {
            access_token: mint.access_token(),
            refresh_token: mint.hex64(),
            created: now,
            scope: self.scopes.join(" "),
        };
        let life = SignedDuration::from_secs(ACCESS_TOKEN_SECONDS);
        let ends = now.checked_add(life).unwrap_or(Timestamp::MAX);
        self.access_tokens.push((pair.access_token.clone(), ends));
        self.refresh_token = Some(pair.refresh_token.clone());
        pair
    }

    fn accepts(&self, access_token: &str, now: Timestamp) -> bool {
        self.access_tokens
            .iter()
            .any(|(token, ends)| token == access_token && now < *ends)
    }
}

/// Every consent and every open code.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    grants: Vec<Grant>,
    codes: Vec<Code>,
}

impl Grants {
    /// The grant of this person and app, with these scopes from now on.
    pub(crate) fn open(
        &mut self,
        client_id: &str,
        identity_id: i64,
        scopes: Vec<String>,
    ) -> &mut Grant {
        let known = self
            .grants
            .iter()
            .position(|grant| grant.client_id == client_id && grant.identity_id == identity_id);
        let at = known.unwrap_or_else(|| {
            let client_id = client_id.to_owned();
            let (scopes, access_tokens) = (Vec::new(), Vec::new());
            let refresh_token = None;
            self.grants.push(Grant {
                client_id,
                identity_id,
                scopes,
                refresh_token,
                access_tokens,
            });
            self.grants.len() - 1
        });
        let grant = &mut self.grants[at];
        grant.scopes = scopes;
        grant
    }

    /// The grant of this person and app.
    pub(crate) fn find(&self, client_id: &str, identity_id: i64) -> Option<&Grant> {
        self.grants
            .iter()
            .find(|grant| grant.client_id == client_id && grant.identity_id == identity_id)
    }

    /// The grant whose live refresh token this is.
    pub(crate) fn by_refresh_token(&mut self, client_id: &str, token: &str) -> Option<&mut Grant> {
        self.grants.iter_mut().find(|grant| {
            grant.client_id == client_id && grant.refresh_token.as_deref() == Some(token)
        })
    }

    /// The grant that an access token speaks for at `now`.
    pub(crate) fn by_access_token(&self, token: &str, now: Timestamp) -> Option<&Grant> {
        self.grants.iter().find(|grant| grant.accepts(token, now))
    }

    /// Ends a grant and its tokens.
    pub(crate) fn end(&mut self, client_id: &str, identity_id: i64) {
        self.grants
            .retain(|grant| grant.client_id != client_id || grant.identity_id != identity_id);
    }

    /// Ends one token of an app: an access token alone, a refresh token with the whole pair.
    pub(crate) fn revoke(&mut self, client_id: &str, token: &str) {
        for grant in self
            .grants
            .iter_mut()
            .filter(|grant| grant.client_id == client_id)
        {
            grant.access_tokens.retain(|(access, _)| access != token);
            if grant.refresh_token.as_deref() == Some(token) {
                grant.refresh_token = None;
                grant.access_tokens.clear();
            }
        }
    }

    pub(crate) fn add_code(&mut self, code: Code) {
        self.codes.push(code);
    }

    /// Uses a code up; it must belong to the app, match the redirect and be younger than 5 minutes.
    pub(crate) fn take_code(
        &mut self,
        client_id: &str,
        code: &str,
        redirect_uri: &str,
        now: Timestamp,
    ) -> Option<Code> {
        let at = self.codes.iter().position(|known| known.code == code)?;
        let known = self.codes.swap_remove(at);
        let valid = known.client_id == client_id
            && known.redirect_uri == redirect_uri
            && now < later(known.made, CODE_LIFE);
        valid.then_some(known)
    }
}
