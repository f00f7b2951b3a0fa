//! What FreshBooks knows of a business's tokens.

use crate::business::{Business, Services};

impl Services {
    /// How FreshBooks answered each request for a token.
    pub(crate) fn token_answers(&self) -> Vec<Option<u16>> {
        let calls = self.freshbooks.calls().into_iter();
        calls
            .filter(|call| call.path == "/auth/oauth/token")
            .map(|call| call.status)
            .collect()
    }

    /// The refresh token that is good now.
    pub(crate) fn live_refresh_token(&self, business: &Business) -> String {
        self.freshbooks
            .live_refresh_token(&business.app, &business.account)
            .unwrap()
    }
}
