//! The table of all addresses.

use lambda_http::http::{Method, StatusCode};

use crate::refusal::Refusal;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only whom the gateway's IAM authorizer names.
    Iam,
    /// Anybody; what is in the request guards it.
    Open,
}

/// One address.
#[derive(Debug)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its path, with parameters in braces.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// The query parameters that it knows.
    pub query: &'static [&'static str],
    /// Whether it takes a body.
    pub body: bool,
    pub(crate) what: What,
}

/// What a route does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    ListConnections,
    AddConnection,
    ShowConnection,
    RemoveConnection,
    ReplaceApp,
    BeginConsent,
    ListBusinesses,
    PickBusiness,
    ReplaceKeys,
    ShowCallbacks,
    RegisterCallbacks,
    Pause,
    Resume,
    ReplaceSchedule,
    StartBackfill,
    ShowBackfill,
    PauseBackfill,
    ResumeBackfill,
    StopBackfill,
    ShowSettings,
    ReplaceSettings,
    CheckSettings,
    CompareSettings,
    Preview,
    ListRecords,
    ShowRecord,
    ShowTrail,
    VerifyTrail,
    Replay,
    ShowTieOut,
    MakeTieOut,
    ShowProbe,
    RunProbe,
    CleanProbe,
    ApplyProbe,
    ReportSecrets,
    RewrapSecrets,
    OpenTicket,
    TakeConsent,
}

/// What most parameters of a path are read from.
pub(crate) type Parameters<'p> = Vec<(&'static str, &'p str)>;

const CONNECTION: &str = "/connections/{connection}";
const BACKFILL: &str = "/connections/{connection}/backfill";
const TIE_OUT: &str = "/connections/{connection}/tie-out";

/// Every address there is.
pub static ROUTES: [Route; 39] = [
    get("/connections", What::ListConnections),
    post("/connections", What::AddConnection).with_body(),
    get(CONNECTION, What::ShowConnection),
    route(Method::DELETE, CONNECTION, What::RemoveConnection),
    put("/connections/{connection}/app", What::ReplaceApp),
    post("/connections/{connection}/consent", What::BeginConsent),
    get("/connections/{connection}/businesses", What::ListBusinesses),
    put("/connections/{connection}/business", What::PickBusiness),
    put("/connections/{connection}/keys", What::ReplaceKeys),
    get("/connections/{connection}/callbacks", What::ShowCallbacks),
    post(
        "/connections/{connection}/callbacks",
        What::RegisterCallbacks,
    ),
    post("/connections/{connection}/pause", What::Pause),
    post("/connections/{connection}/resume", What::Resume),
    put("/connections/{connection}/schedule", What::ReplaceSchedule),
    post(BACKFILL, What::StartBackfill).with_body(),
    get(BACKFILL, What::ShowBackfill),
    route(Method::DELETE, BACKFILL, What::StopBackfill),
    post(
        "/connections/{connection}/backfill/pause",
        What::PauseBackfill,
    ),
    post(
        "/connections/{connection}/backfill/resume",
        What::ResumeBackfill,
    ),
    get("/connections/{connection}/settings", What::ShowSettings).asking(&["version"]),
    put("/connections/{connection}/settings", What::ReplaceSettings),
    post(
        "/connections/{connection}/settings/check",
        What::CheckSettings,
    )
    .with_body(),
    post(
        "/connections/{connection}/settings/compare",
        What::CompareSettings,
    )
    .with_body(),
    post("/connections/{connection}/preview", What::Preview).with_body(),
    get("/connections/{connection}/records", What::ListRecords)
        .asking(&["state", "kind", "since", "limit"]),
    get(
        "/connections/{connection}/records/{kind}/{id}",
        What::ShowRecord,
    ),
    get(
        "/connections/{connection}/records/{kind}/{id}/audit",
        What::ShowTrail,
    ),
    get(
        "/connections/{connection}/records/{kind}/{id}/verify",
        What::VerifyTrail,
    ),
    post("/connections/{connection}/replay", What::Replay).with_body(),
    get(TIE_OUT, What::ShowTieOut).asking(&["month", "format"]),
    post(TIE_OUT, What::MakeTieOut).with_body(),
    get("/connections/{connection}/probe", What::ShowProbe),
    route(
        Method::DELETE,
        "/connections/{connection}/probe",
        What::CleanProbe,
    ),
    // Before the steps, none of which is called so.
    post("/connections/{connection}/probe/apply", What::ApplyProbe),
    post("/connections/{connection}/probe/{step}", What::RunProbe).with_body(),
    get("/secrets", What::ReportSecrets),
    post("/secrets/rewrap", What::RewrapSecrets),
    get("/consent/{ticket}", What::OpenTicket).open(),
    get("/oauth/callback", What::TakeConsent)
        .asking(&["code", "state", "error"])
        .open(),
];

const fn route(method: Method, path: &'static str, what: What) -> Route {
    Route {
        method,
        path,
        access: Access::Iam,
        query: &[],
        body: false,
        what,
    }
}

const fn get(path: &'static str, what: What) -> Route {
    route(Method::GET, path, what)
}

const fn post(path: &'static str, what: What) -> Route {
    route(Method::POST, path, what)
}

const fn put(path: &'static str, what: What) -> Route {
    route(Method::PUT, path, what).with_body()
}

impl Route {
    const fn with_body(mut self) -> Self {
        self.body = true;
        self
    }

    const fn asking(mut self, query: &'static [&'static str]) -> Self {
        self.query = query;
        self
    }

    const fn open(mut self) -> Self {
        self.access = Access::Open;
        self
    }

    /// The parameters in a path of this route; `None` where the path is another's.
    fn parameters<'p>(&self, path: &'p str) -> Option<Parameters<'p>> {
        let mut wanted = self.path.split('/');
        let mut given = path.split('/');
        let mut parameters = Vec::new();
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return Some(parameters),
                (Some(wanted), Some(given)) => {
                    let name = wanted.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
                    match name {
                        Some(name) if !given.is_empty() => parameters.push((name, given)),
                        None if wanted == given => {}
                        _ => return None,
                    }
                }
                _ => return None,
            }
        }
    }
}

/// The route of a request, with the parameters in its path.
///
/// # Errors
/// No route has this path, or none of those that have takes this method.
pub(crate) fn find<'p>(
    method: &Method,
    path: &'p str,
) -> Result<(&'static Route, Parameters<'p>), Refusal> {
    let mut allowed = Vec::new();
    for route in &ROUTES {
        if let Some(parameters) = route.parameters(path) {
            if route.method == *method {
                return Ok((route, parameters));
            }
            allowed.push(route.method.as_str());
        }
    }
    if allowed.is_empty() {
        return Err(Refusal::missing("There is nothing at this address."));
    }
    let allowed = allowed.join(", ");
    let sentence = format!("This address takes {allowed} only.");
    let mut refusal = Refusal::new(StatusCode::METHOD_NOT_ALLOWED, sentence);
    refusal.allow = Some(allowed);
    Err(refusal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_finds_itself_and_its_parameters() {
        for route in &ROUTES {
            let path = route.path.replace(['{', '}'], "_");
            let (found, parameters) = find(&route.method, &path).unwrap();
            assert_eq!((&found.method, found.path), (&route.method, route.path));
            assert_eq!(parameters.len(), route.path.matches('{').count());
        }
    }

    #[test]
    fn a_path_that_only_resembles_a_route_leads_nowhere() {
        for path in [
            "/",
            "",
            "/connections/",
            "/connections//app",
            "connections",
            "/consent/",
            "/Connections",
        ] {
            let refusal = find(&Method::GET, path).unwrap_err();
            assert_eq!(refusal.status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn a_wrong_method_is_told_the_right_ones() {
        let refusal = find(&Method::PATCH, "/connections/acme/settings").unwrap_err();
        assert_eq!(refusal.status, StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(refusal.allow.as_deref(), Some("GET, PUT"));
    }

    #[test]
    fn only_the_two_pages_of_consent_are_open() {
        let open = ROUTES.iter().filter(|route| route.access == Access::Open);
        let open: Vec<_> = open.map(|route| route.path).collect();
        assert_eq!(open, ["/consent/{ticket}", "/oauth/callback"]);
    }
}
