//! Connections for people.

use crate::answer::{
    Businesses, Callback, Callbacks, Cin7Account, Connections, HeldBack, Overview, Schedule,
    Secret, Ticket,
};
use crate::arguments::Name;
use crate::table::{list, plain, table};

/// All of them, a line each.
pub(crate) fn all(answer: Connections) -> String {
    if answer.connections.is_empty() {
        return "There is no connection yet; `connectorctl connection add` makes one.\n".to_owned();
    }
    let row = |one: Overview| {
        let settings = one.settings_version.to_string();
        let next = if one.stopped.is_empty() {
            one.next_step
        } else {
            one.stopped
        };
        [one.id, one.status, one.account_id, settings, next]
    };
    let rows = answer.connections.into_iter().map(row).collect();
    table(
        ["CONNECTION", "STATUS", "ACCOUNT", "SETTINGS", "NEXT"],
        rows,
    )
}

/// One, with everything there is to know about it.
pub(crate) fn one(overview: Overview) -> String {
    let mut text = list([
        ("connection", overview.id),
        ("status", overview.status),
        ("stopped", overview.stopped),
        ("account", overview.account_id),
        ("business", overview.business_uuid),
        ("scopes", overview.scopes.join(" ")),
        ("missing scopes", overview.missing_scopes.join(" ")),
        ("stays out", held_back(&overview.held_back)),
        ("settings", format!("version {}", overview.settings_version)),
        ("polled", when(&overview.schedule)),
        ("made", overview.created_at.unwrap_or_default()),
        ("next", overview.next_step),
    ]);
    if !overview.callbacks.is_empty() {
        text.push_str(&format!("\n{}", table_of(overview.callbacks)));
    }
    if !overview.secrets.is_empty() {
        let row = |secret: Secret| {
            [
                secret.name,
                secret.updated_at.unwrap_or_default(),
                secret.key_id,
            ]
        };
        let rows = overview.secrets.into_iter().map(row).collect();
        text.push_str(&format!(
            "\n{}",
            table(["SECRET", "STORED", "KEY ID"], rows)
        ));
    }
    text
}

/// Kinds that a new consent is needed for, with what they lack.
fn held_back(kinds: &[HeldBack]) -> String {
    let lacking = |one: &HeldBack| {
        let kind = one.kind.replace('_', " ");
        format!("{kind} ({})", one.missing_scopes.join(" "))
    };
    kinds.iter().map(lacking).collect::<Vec<_>>().join(", ")
}

/// When it is polled.
pub(crate) fn schedule(connection: &Name, overview: Overview) -> String {
    format!(
        "{connection} is polled at {}.\n",
        plain(&when(&overview.schedule))
    )
}

fn when(schedule: &Schedule) -> String {
    format!("{} {}", schedule.expression, schedule.timezone)
        .trim()
        .to_owned()
}

/// The address to open, alone on its line.
pub(crate) fn ticket(ticket: &Ticket) -> String {
    format!(
        "Open this address in a browser and let FreshBooks ask you. It works once, until {}:\n\n{}\n",
        plain(&ticket.expires_at),
        plain(&ticket.url)
    )
}

/// What there is to pick from.
pub(crate) fn businesses(connection: &Name, answer: Businesses) -> String {
    if answer.businesses.is_empty() {
        return format!("The consent of {connection} reaches no business.\n");
    }
    let rows = answer.businesses.into_iter();
    let rows = rows
        .map(|one| [one.account_id, one.name, one.role, one.business_uuid])
        .collect();
    format!(
        "{}\nChoose one: connectorctl connection pick {connection} ACCOUNT\n",
        table(["ACCOUNT", "NAME", "ROLE", "BUSINESS"], rows)
    )
}

/// What Cin7 says about the account that the keys open.
pub(crate) fn cin7_account(account: Cin7Account) -> String {
    let mut text = "The keys work and are stored.\n".to_owned();
    text.push_str(&list([
        ("account", account.name),
        ("base currency", account.base_currency.unwrap_or_default()),
        ("lock date", account.lock_date.unwrap_or_default()),
        (
            "tax calculation",
            account.tax_calculation.unwrap_or_default(),
        ),
        ("time zone", account.time_zone.unwrap_or_default()),
    ]));
    for warning in account.warnings {
        text.push_str(&format!("Warning: {}\n", plain(&warning)));
    }
    text
}

/// The callbacks, a line each.
pub(crate) fn callbacks(connection: &Name, answer: Callbacks) -> String {
    if answer.callbacks.is_empty() {
        return format!(
            "{connection} has no callbacks; `connectorctl connection callbacks {connection} --register` makes them.\n"
        );
    }
    table_of(answer.callbacks)
}

fn table_of(callbacks: Vec<Callback>) -> String {
    let row = |one: Callback| {
        let id = one.callback_id.unwrap_or_default();
        let checked = one.checked_at.unwrap_or_default();
        let state = one.state.unwrap_or_else(|| "not registered".to_owned());
        [one.noun, state, id, checked, one.uri, one.sentence]
    };
    let rows = callbacks.into_iter().map(row).collect();
    table(["CALLBACK", "STATE", "ID", "CHECKED", "ADDRESS", ""], rows)
}
