//! The JSON API for people and the command line, and the two pages of FreshBooks' consent.
//!
//! Every address stands in [`ROUTES`]: the router reads it, and a test holds `openapi.json` to it. All of
//! the API is behind the gateway's IAM authorizer (`template.yaml`), and asks for the caller's name once
//! more here; only the two consent pages are open, guarded by a ticket and a state that work once.

mod api;
mod asked;
mod body;
mod caller;
mod consent;
mod page;
mod refusal;
mod reply;
mod routes;

use clock::SharedClock;
use connections::Desk;
use jiff::Timestamp;
use lambda_http::http::StatusCode;
use lambda_http::{Body, Error, Request, RequestExt, Response};
use ledger::Ledger;
use probe::Prober;
use url::Url;
use vault::Vault;

use crate::asked::Asked;
pub use crate::caller::Callers;
use crate::consent::Cookie;
use crate::refusal::Refusal;
pub use crate::routes::{Access, ROUTES, Route};

/// The console function.
#[derive(Debug)]
pub struct Console {
    desk: Desk,
    prober: Prober,
    ledger: Ledger,
    vault: Vault,
    key_id: String,
    callers: Callers,
    cookie: Cookie,
    clock: SharedClock,
}

impl Console {
    /// A console on these clients; nothing is read. `key_id` names the KMS key that secrets belong under,
    /// `public` is where browsers reach this console.
    #[must_use]
    pub fn new(
        desk: Desk,
        prober: Prober,
        ledger: Ledger,
        vault: Vault,
        key_id: impl Into<String>,
        public: &Url,
        callers: Callers,
    ) -> Self {
        Self {
            clock: ledger.clock().clone(),
            key_id: key_id.into(),
            cookie: Cookie::at(public),
            desk,
            prober,
            ledger,
            vault,
            callers,
        }
    }

    /// Answers one request, whatever is wrong with it. Bodies, queries and tickets are not logged.
    ///
    /// # Errors
    /// The answer could not be built; this does not happen.
    pub async fn receive(&self, request: Request) -> Result<Response<Body>, Error> {
        let arrived = self.clock.now();
        let path = request.raw_http_path().to_owned();
        let found = routes::find(request.method(), &path);
        let by = self.callers.name(&request);
        let (route, answer) = match (found, &by) {
            (Ok((route, parameters)), _) if route.access == Access::Open => {
                (route.path, self.page(route, &parameters, &request).await)
            }
            // Whoever has no name does not learn which addresses there are.
            (_, None) => ("", reply::refused(&Refusal::nobody())),
            (Err(refusal), Some(_)) => ("", reply::refused(&refusal)),
            (Ok((route, parameters)), Some(by)) => {
                let asked = Asked::read(route, parameters, request, by.clone());
                let answer = match asked {
                    Ok(asked) => self.answer(route, asked).await,
                    Err(refusal) => Err(refusal),
                };
                (
                    route.path,
                    answer.unwrap_or_else(|refusal| reply::refused(&refusal)),
                )
            }
        };
        self.log(route, by.unwrap_or_default(), answer.status, arrived);
        reply::built(answer)
    }

    fn log(&self, route: &str, by: String, status: StatusCode, arrived: Timestamp) {
        let duration = self.clock.now().duration_since(arrived).as_millis();
        let duration_ms = i64::try_from(duration).unwrap_or(i64::MAX);
        let status = status.as_u16();
        tracing::info!(route, by, status, duration_ms, "answered");
    }
}
