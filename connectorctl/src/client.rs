//! Sending one call and reading what came back.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Request, StatusCode};
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

use crate::access::{Access, is_loopback};
use crate::arguments::Reach;
use crate::call::Call;
use crate::failure::Failure;
use crate::sign;

/// API Gateway gives a function 30 s.
const PATIENCE: Duration = Duration::from_secs(35);

/// The connector's API, with a way in.
#[derive(Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: Url,
    access: Access,
}

impl Client {
    /// A client of the API at `base`; only AWS is asked for credentials, if they are needed.
    pub(crate) async fn new(reach: &Reach, base: Url) -> Result<Self, Failure> {
        let http = http(&base)
            .map_err(|why| Failure::Usage(format!("The HTTP client could not be built: {why}.")))?;
        let access = Access::find(reach, &base).await?;
        Ok(Self { http, base, access })
    }

    /// Sends a call at `now` and returns the JSON of an answer that says yes.
    pub(crate) async fn send(&self, call: &Call, now: Timestamp) -> Result<Value, Failure> {
        let request = self.request(call, now)?;
        let sent = self.http.execute(request).await;
        let answer = sent.map_err(|error| self.unreachable(&error))?;
        let status = answer.status();
        let text = answer
            .bytes()
            .await
            .map_err(|error| self.unreachable(&error))?;
        let json: Option<Value> = serde_json::from_slice(&text).ok();
        self.read(status, json)
    }

    fn request(&self, call: &Call, now: Timestamp) -> Result<Request, Failure> {
        let url = call.url(&self.base);
        let body: &[u8] = call.body.as_ref().map_or(&[], |body| body);
        let mut request = self.http.request(call.method.clone(), url.clone());
        request = match &self.access {
            Access::Token(token) => request.bearer_auth(token.expose_secret()),
            Access::Signed(credentials, region) => {
                let what = (call.method.as_str(), &url, body);
                let headers = sign::headers((credentials, region), now, what)?;
                headers.into_iter().fold(request, |request, (name, value)| {
                    request.header(name, value)
                })
            }
        };
        if call.body.is_some() {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_vec());
        }
        request
            .build()
            .map_err(|_| Failure::Usage("The request could not be built.".to_owned()))
    }

    /// Only the connector says why in `error`; whatever says it otherwise is something in between.
    fn read(&self, status: StatusCode, json: Option<Value>) -> Result<Value, Failure> {
        let said = |field: &str| Some(json.as_ref()?.get(field)?.as_str()?.to_owned());
        if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            let why = said("error")
                .or_else(|| said("message"))
                .unwrap_or_default();
            let how = match self.access {
                Access::Token(_) => "check CONNECTOR_TOKEN against what the sandbox printed",
                Access::Signed(..) => {
                    "check AWS_PROFILE, and that you may call execute-api:Invoke on it"
                }
            };
            return Err(Failure::Unreachable(format!(
                "The connector does not let you in ({status}): {how}. {why}"
            )));
        }
        match (status.is_success(), json.clone(), said("error")) {
            (true, Some(json), _) => Ok(json),
            (false, _, Some(sentence)) => Err(Failure::Refused(sentence)),
            _ => Err(Failure::Unreachable(format!(
                "What answers at {} ({status}) is not the connector; check --url or CONNECTOR_URL, and try again.",
                self.base
            ))),
        }
    }

    fn unreachable(&self, error: &reqwest::Error) -> Failure {
        let why = if error.is_timeout() {
            "it did not answer in time; what was asked may have been done all the same: look before you ask again"
        } else if error.is_connect() {
            "no connection"
        } else {
            "its answer broke off; what was asked may have been done all the same: look before you ask again"
        };
        Failure::Unreachable(format!(
            "The connector at {} could not be reached: {why}.",
            self.base
        ))
    }
}

/// On rustls with ring and the roots in the binary, as the functions; a redirect would take the
/// credentials along, so none is followed.
fn http(base: &Url) -> Result<reqwest::Client, String> {
    let roots = rustls::RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    let mut builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .user_agent(concat!("connectorctl/", env!("CARGO_PKG_VERSION")));
    if is_loopback(base) {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| error.to_string())
}
