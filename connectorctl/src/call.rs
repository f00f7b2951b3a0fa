//! From a command to the one call of the API that carries it out.

mod backfill;
mod connection;
mod probe;

use reqwest::Method;
use serde::Serialize;
use serde_json::{Value, json};
use url::Url;
use zeroize::Zeroizing;

use crate::arguments::{Command, Document, Name, Preview, RecordsCommand, Replay, TieOut};
use crate::asking;
use crate::failure::Failure;

pub(crate) use self::probe::step as probe_step;

/// One call of the API.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    /// JSON; it may hold secrets.
    pub(crate) body: Option<Zeroizing<Vec<u8>>>,
    /// What is asked first, to tell a person what they are about to do.
    pub(crate) before: Option<Box<Call>>,
}

/// The call of a command. Secrets and files that it needs are read now.
pub(crate) fn of(command: &Command) -> Result<Call, Failure> {
    match command {
        Command::Connection(command) => connection::of(command),
        Command::Backfill(command) => backfill::of(command),
        Command::Records(RecordsCommand::List {
            connection,
            filter,
            limit,
        }) => {
            let mut call = Call::new(Method::GET, format!("connections/{connection}/records"));
            call.query = vec![("limit", limit.to_string())];
            let kind = filter.kind.as_ref().map(Name::to_string);
            let since = filter.since.map(|since| since.to_string());
            let filters = [
                ("state", filter.state.clone()),
                ("kind", kind),
                ("since", since),
            ];
            let given = filters
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?)));
            call.query.extend(given);
            Ok(call)
        }
        Command::Records(RecordsCommand::Show(document)) => Ok(Call::of_record(document, "")),
        Command::Audit(document) => Ok(Call::of_record(document, "/audit")),
        Command::Verify(document) => Ok(Call::of_record(document, "/verify")),
        Command::Preview(preview) => of_preview(preview),
        Command::Replay(replay) => of_replay(replay),
        Command::TieOut(tie_out) => of_tie_out(tie_out),
        Command::Probe(command) => Ok(probe::of(command)),
        Command::Secrets { rewrap: false } => Ok(Call::new(Method::GET, "secrets".to_owned())),
        Command::Secrets { rewrap: true } => {
            Ok(Call::new(Method::POST, "secrets/rewrap".to_owned()))
        }
    }
}

fn of_tie_out(asked: &TieOut) -> Result<Call, Failure> {
    let (connection, month) = (&asked.connection, asked.month.to_string());
    if asked.stored {
        let mut call = Call::on(Method::GET, connection, "/tie-out");
        call.query = vec![("month", month)];
        return Ok(call);
    }
    Call::on(Method::POST, connection, "/tie-out").with(&json!({ "month": month }))
}

fn of_preview(preview: &Preview) -> Result<Call, Failure> {
    let document = preview.settings.as_deref().map(asking::document);
    let texts = [
        ("document", document.transpose()?),
        ("kind", preview.kind.as_ref().map(Name::to_string)),
        ("id", preview.id.as_ref().map(Name::to_string)),
        ("from", preview.from.map(|day| day.to_string())),
        ("to", preview.to.map(|day| day.to_string())),
    ];
    let asked = given(json!({}), texts);
    Call::on(Method::POST, &preview.connection, "/preview").with(&asked)
}

/// The texts that there are, put into an object.
fn given<const N: usize>(mut asked: Value, texts: [(&str, Option<String>); N]) -> Value {
    for (name, text) in texts {
        if let Some(text) = text {
            asked[name] = json!(text);
        }
    }
    asked
}

fn of_replay(replay: &Replay) -> Result<Call, Failure> {
    let texts = [
        ("kind", replay.filter.kind.as_ref().map(Name::to_string)),
        ("id", replay.id.as_ref().map(Name::to_string)),
        ("state", replay.filter.state.clone()),
        ("since", replay.filter.since.map(|since| since.to_string())),
    ];
    let asked = given(json!({ "why": replay.why }), texts);
    Call::on(Method::POST, &replay.connection, "/replay").with(&asked)
}

impl Call {
    fn new(method: Method, path: String) -> Self {
        Self {
            method,
            path,
            query: Vec::new(),
            body: None,
            before: None,
        }
    }

    fn on(method: Method, connection: &Name, rest: &str) -> Self {
        Self::new(method, format!("connections/{connection}{rest}"))
    }

    fn of_record(document: &Document, rest: &str) -> Self {
        let Document {
            connection,
            kind,
            id,
        } = document;
        Self::on(
            Method::GET,
            connection,
            &format!("/records/{kind}/{id}{rest}"),
        )
    }

    /// The same call for what an answer left out.
    pub(crate) fn continued(self, cursor: &str) -> Result<Self, Failure> {
        let body = self.body.as_ref().map_or(&b"{}"[..], |body| body);
        let read: Result<Value, _> = serde_json::from_slice(body);
        let mut asked =
            read.map_err(|_| Failure::Usage("The request could not be continued.".to_owned()))?;
        asked["cursor"] = json!(cursor);
        self.with(&asked)
    }

    fn with(mut self, body: &impl Serialize) -> Result<Self, Failure> {
        let written = serde_json::to_vec(body)
            .map_err(|_| Failure::Usage("The request could not be written.".to_owned()))?;
        self.body = Some(Zeroizing::new(written));
        Ok(self)
    }

    /// The address under `base`, whether that ends in a slash or not.
    pub(crate) fn url(&self, base: &Url) -> Url {
        let mut url = base.clone();
        url.set_path(&format!(
            "{}/{}",
            base.path().trim_end_matches('/'),
            self.path
        ));
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}
