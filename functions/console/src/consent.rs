//! The two open pages: a ticket that leads to FreshBooks, and what FreshBooks sends the browser back with.

use connections::{Answered, Choice, Consented, HeldBackKind};
use lambda_http::http::{StatusCode, header};
use lambda_http::{Request, RequestExt};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::Console;
use crate::page::{Part, guarded, page};
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::routes::{Parameters, Route, What};

/// As long as the state lives that it belongs to.
const LIFE_S: u32 = 900;

/// The cookie that binds a consent to the browser it was begun in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// Only over HTTPS, only of this very host.
    Locked,
    /// For a sandbox on loopback, which has no HTTPS.
    Loopback,
}

impl Cookie {
    pub(crate) fn at(public: &Url) -> Self {
        match public.scheme() {
            "http" => Self::Loopback,
            _ => Self::Locked,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Locked => "__Host-consent",
            Self::Loopback => "consent",
        }
    }

    /// Sets the cookie; an empty one that lives for no time is forgotten.
    fn set(self, value: &str, life_s: u32) -> String {
        let secure = match self {
            Self::Locked => " Secure;",
            Self::Loopback => "",
        };
        let name = self.name();
        format!("{name}={value}; Path=/;{secure} HttpOnly; SameSite=Lax; Max-Age={life_s}")
    }

    fn of(self, request: &Request) -> Option<SecretString> {
        let lines = request.headers().get_all(header::COOKIE).iter();
        let cookies = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'));
        let mut pairs = cookies.filter_map(|cookie| cookie.trim().split_once('='));
        let found = pairs.find(|(name, _)| *name == self.name());
        found.map(|(_, value)| SecretString::from(value))
    }
}

impl Console {
    /// Answers a browser; what goes wrong is a page too.
    pub(crate) async fn page(
        &self,
        route: &Route,
        parameters: &Parameters<'_>,
        request: &Request,
    ) -> Reply {
        let answer = if route.what == What::OpenTicket {
            let ticket = parameters
                .first()
                .map(|(_, ticket)| *ticket)
                .unwrap_or_default();
            self.open_ticket(ticket).await
        } else {
            self.take_consent(request).await
        };
        answer.unwrap_or_else(|refusal| {
            let parts = [
                Part::Text(refusal.sentence),
                Part::Text("To begin again, run this with the name of your connection, and open the address that it prints:".to_owned()),
                Part::Command("connectorctl connection connect NAME".to_owned()),
            ];
            page(refusal.status, "FreshBooks was not connected", &parts)
        })
    }

    async fn open_ticket(&self, ticket: &str) -> Result<Reply, Refusal> {
        let opened = self.desk.open_ticket(ticket).await?;
        let mut headers = guarded();
        headers.push((header::LOCATION, opened.authorize.into()));
        let cookie = self.cookie.set(opened.cookie.expose_secret(), LIFE_S);
        headers.push((header::SET_COOKIE, cookie));
        Ok(Reply {
            status: StatusCode::FOUND,
            headers,
            body: String::new(),
        })
    }

    async fn take_consent(&self, request: &Request) -> Result<Reply, Refusal> {
        let answered = Answered {
            code: one(request, "code")?.map(SecretString::from),
            state: one(request, "state")?.unwrap_or_default(),
            error: one(request, "error")?,
            cookie: self.cookie.of(request),
        };
        let consented = self.desk.consented(answered).await?;
        let mut shown = told(&consented);
        shown
            .headers
            .push((header::SET_COOKIE, self.cookie.set("", 0)));
        Ok(shown)
    }
}

/// A parameter that may stand in an address once.
fn one(request: &Request, name: &str) -> Result<Option<String>, Refusal> {
    let given = request
        .query_string_parameters_ref()
        .and_then(|query| query.all(name));
    match given.unwrap_or_default().as_slice() {
        [] => Ok(None),
        [value] => Ok(Some((*value).to_owned())),
        _ => Err(Refusal::bad(format!(
            "`{name}` stands twice in the address."
        ))),
    }
}

/// What came of a consent, and what to do next.
fn told(consented: &Consented) -> Reply {
    let connection = &consented.connection;
    let text = |text: &str| Part::Text(text.to_owned());
    let command = |rest: String| Part::Command(format!("connectorctl connection {rest}"));
    if !consented.missing_scopes.is_empty() {
        let parts = [
            text(
                "FreshBooks let this connector in, but not to everything that it needs. These scopes are missing:",
            ),
            Part::List(consented.missing_scopes.clone()),
            text("Enable them for the app in FreshBooks' developer portal, then connect again:"),
            command(format!("connect {connection}")),
        ];
        return page(
            StatusCode::OK,
            &format!("{connection} lacks permissions"),
            &parts,
        );
    }
    if let Some(choice) = &consented.picked {
        let mut parts = vec![Part::Text(format!(
            "Its FreshBooks business is {}.",
            named(choice)
        ))];
        if !consented.held_back.is_empty() {
            let words = "Some kinds of documents stay out, because FreshBooks did not grant what they need. Enable \
                         these scopes for the app in FreshBooks' developer portal and connect again, or switch the \
                         kinds off in the settings:";
            parts.push(text(words));
            parts.push(Part::List(
                consented.held_back.iter().map(lacking).collect(),
            ));
        }
        parts.push(text(
            "You can close this window. What comes next is shown by:",
        ));
        parts.push(command(format!("show {connection}")));
        return page(
            StatusCode::OK,
            &format!("{connection} is connected to FreshBooks"),
            &parts,
        );
    }
    if consented.choices.is_empty() {
        let parts = [
            text(
                "FreshBooks let this connector in, but you belong to no business there that keeps books. Ask its owner to consent:",
            ),
            command(format!("connect {connection}")),
        ];
        return page(
            StatusCode::OK,
            &format!("{connection} has no business"),
            &parts,
        );
    }
    let parts = [
        text(
            "FreshBooks let this connector in, and you belong to more than one business there, or to another than before:",
        ),
        Part::List(consented.choices.iter().map(named).collect()),
        text("Choose the one whose books are to cross, by its account:"),
        command(format!("pick {connection} ACCOUNT")),
    ];
    page(
        StatusCode::OK,
        &format!("{connection} needs its business chosen"),
        &parts,
    )
}

fn lacking(held: &HeldBackKind) -> String {
    let kind = held.kind.replace('_', " ");
    format!("{kind}: {}", held.missing_scopes.join(" "))
}

fn named(choice: &Choice) -> String {
    format!(
        "{}, account {}, where you are {}",
        choice.name, choice.account_id, choice.role
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_locked_to_the_host_wherever_there_is_https() {
        let set = |public: &str| Cookie::at(&public.parse().unwrap()).set("v", LIFE_S);
        assert_eq!(
            set("https://abc.execute-api.eu-west-1.amazonaws.com"),
            "__Host-consent=v; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=900"
        );
        assert_eq!(
            set("http://127.0.0.1:8080"),
            "consent=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=900"
        );
    }
}
