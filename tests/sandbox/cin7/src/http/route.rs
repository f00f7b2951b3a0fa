//! Which path and method is served by what.

use super::{Ask, Reply};
use crate::account::AccountState;
use crate::refusal::Refusal;
use crate::{
    books, customers, journals, me, money, products, purchases, sales, suppliers, transactions,
};

type Handler = fn(&mut AccountState, &Ask) -> Result<Reply, Refusal>;

/// Every path served, in lower case, with its methods.
const ROUTES: &[(&str, &[(&str, Handler)])] = &[
    ("me", &[("GET", me::read)]),
    ("ref/account", &[("GET", books::accounts)]),
    ("ref/account/bank", &[("GET", books::bank_accounts)]),
    ("ref/tax", &[("GET", books::tax_rules)]),
    ("ref/paymentterm", &[("GET", books::payment_terms)]),
    ("ref/location", &[("GET", books::locations)]),
    (
        "customer",
        &[
            ("GET", customers::read),
            ("POST", customers::create),
            ("PUT", customers::change),
        ],
    ),
    (
        "product",
        &[("GET", products::read), ("POST", products::create)],
    ),
    (
        "sale",
        &[
            ("GET", sales::header::read),
            ("POST", sales::header::create),
            ("PUT", sales::header::change),
            ("DELETE", sales::header::undo_or_void),
        ],
    ),
    (
        "sale/order",
        &[
            ("GET", sales::order::read),
            ("POST", sales::order::overwrite),
        ],
    ),
    (
        "sale/invoice",
        &[
            ("GET", sales::invoice::read),
            ("POST", sales::invoice::overwrite),
            ("PUT", sales::invoice::change),
            ("DELETE", sales::invoice::undo_or_void),
        ],
    ),
    (
        "sale/payment",
        &[
            ("GET", sales::payment::read),
            ("POST", sales::payment::create),
            ("PUT", sales::payment::change),
            ("DELETE", sales::payment::delete),
        ],
    ),
    ("salelist", &[("GET", sales::list::read)]),
    (
        "supplier",
        &[
            ("GET", suppliers::read),
            ("POST", suppliers::create),
            ("PUT", suppliers::change),
        ],
    ),
    (
        "advanced-purchase",
        &[
            ("GET", purchases::header::read),
            ("POST", purchases::header::create),
            ("PUT", purchases::header::change),
            ("DELETE", purchases::undo::undo_or_void),
        ],
    ),
    (
        "advanced-purchase/invoice",
        &[
            ("GET", purchases::invoice::read),
            ("POST", purchases::invoice::overwrite),
            ("PUT", purchases::invoice::change),
            ("DELETE", purchases::undo::undo_or_void_invoice),
        ],
    ),
    (
        "advanced-purchase/payment",
        &[
            ("GET", purchases::payment::read),
            ("POST", purchases::payment::create),
            ("PUT", purchases::payment::change),
        ],
    ),
    // Deprecated, and for simple purchases only.
    (
        "purchase",
        &[
            ("GET", purchases::deprecated::read),
            ("POST", purchases::deprecated::create),
            ("PUT", purchases::deprecated::change),
            ("DELETE", purchases::deprecated::undo_or_void),
        ],
    ),
    // Not deprecated: the one way to post an order.
    (
        "purchase/order",
        &[
            ("GET", purchases::order::read),
            ("POST", purchases::order::overwrite),
        ],
    ),
    (
        "purchase/invoice",
        &[
            ("GET", purchases::deprecated::read_invoice),
            ("POST", purchases::deprecated::overwrite_invoice),
        ],
    ),
    // Deprecated but for its DELETE, which is that of both families.
    (
        "purchase/payment",
        &[
            ("GET", purchases::deprecated::read_payments),
            ("POST", purchases::deprecated::create_payment),
            ("DELETE", purchases::payment::delete),
        ],
    ),
    ("purchaselist", &[("GET", purchases::list::read)]),
    (
        "journal",
        &[
            ("GET", journals::read),
            ("POST", journals::create),
            ("PUT", journals::change),
            ("DELETE", journals::undo_or_void),
        ],
    ),
    (
        "moneyoperation",
        &[
            ("GET", money::read),
            ("POST", money::create),
            ("PUT", money::change),
            ("DELETE", money::undo_or_void),
        ],
    ),
    ("moneytasklist", &[("GET", money::list::read)]),
    ("transactions", &[("GET", transactions::read)]),
];

/// Answers a call whose keys are right and which the rate limit let through.
pub(crate) fn answer(account: &mut AccountState, ask: &Ask) -> Reply {
    let path = ask.path.as_deref().unwrap_or_default().to_ascii_lowercase();
    let Some((_, methods)) = ROUTES.iter().find(|(known, _)| *known == path) else {
        return Reply::page_not_found();
    };
    let handler = methods.iter().find(|(method, _)| *method == ask.method);
    match handler {
        Some((_, handler)) => handler(account, ask).unwrap_or_else(Refusal::reply),
        None => Refusal::wrong_method().reply(),
    }
}
