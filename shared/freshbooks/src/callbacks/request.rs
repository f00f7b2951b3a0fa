//! The bodies that change callbacks (docs/freshbooks-api.md, management endpoints).

use serde::Serialize;

/// `{"callback": {…}}`.
#[derive(Serialize)]
pub(super) struct Body<'a> {
    callback: Change<'a>,
}

/// What is to become of a callback; the fields alone say which it is.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Change<'a> {
    Register { event: &'a str, uri: &'a str },
    Confirm { verifier: &'a str },
    Resend { resend: bool },
}

impl<'a> Body<'a> {
    pub(super) fn of(callback: Change<'a>) -> Self {
        Self { callback }
    }
}
