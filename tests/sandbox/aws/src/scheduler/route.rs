//! Which operation a request is: this service has paths and methods, and no header that names it.

use axum::http::{Method, Uri};

/// A request, as far as its address says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) operation: &'static str,
    /// The schedule, or the group.
    pub(super) name: String,
    /// The group in the query; creating and updating have it in their bodies.
    pub(super) group: Option<String>,
}

impl Asked {
    pub(crate) fn read(method: &Method, uri: &Uri) -> Option<Self> {
        let (kind, name) = uri.path().strip_prefix('/')?.split_once('/')?;
        let operation = match (kind, method.as_str()) {
            ("schedules", "POST") => "CreateSchedule",
            ("schedules", "PUT") => "UpdateSchedule",
            ("schedules", "GET") => "GetSchedule",
            ("schedules", "DELETE") => "DeleteSchedule",
            ("schedule-groups", "POST") => "CreateScheduleGroup",
            _ => return None,
        };
        let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        let group = query.into_iter().find(|(name, _)| name == "groupName");
        Some(Self {
            operation,
            name: name.to_owned(),
            group: group.map(|(_, value)| value.into_owned()),
        })
    }
}
