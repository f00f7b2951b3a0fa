//! What each step has to find in an account of each kind.

use cin7_stand_in::{Completion, Quirks};
use probe::Value;

/// Makes an account what it is like.
type Kind = fn(&mut Quirks);

/// A step, what the account is like, and a setting with the value that has to be found.
type Case = (&'static str, Kind, &'static str, Value);

const NO: Value = Value::Flag(false);
const YES: Value = Value::Flag(true);

/// Every case.
pub(super) fn all() -> Vec<Case> {
    [totals(), lines(), sales(), purchases(), ledger()].concat()
}

fn totals() -> Vec<Case> {
    let with = |quirks: &mut Quirks| quirks.line_total_includes_tax = true;
    let own = |quirks: &mut Quirks| quirks.recomputes_tax = true;
    let both = |quirks: &mut Quirks| {
        quirks.line_total_includes_tax = true;
        quirks.recomputes_tax = true;
    };
    let kinds: [(Kind, Value, Value); 4] = [
        (|_| {}, NO, NO),
        (with, YES, NO),
        (own, NO, YES),
        (both, YES, YES),
    ];
    kinds
        .into_iter()
        .flat_map(|(quirks, with_tax, recomputed)| {
            [
                ("line_total", quirks, "line_total_with_tax", with_tax),
                ("line_total", quirks, "recomputes_tax", recomputed),
            ]
        })
        .collect()
}

fn lines() -> Vec<Case> {
    let parts = |quirks: &mut Quirks| quirks.accepts_fractional_quantity = true;
    let negative = |quirks: &mut Quirks| quirks.accepts_negative_amounts = true;
    let charges = |quirks: &mut Quirks| quirks.accepts_unknown_charges = true;
    vec![
        ("fractional_quantity", |_| {}, "fractional_quantities", NO),
        ("fractional_quantity", parts, "fractional_quantities", YES),
        ("negative_line", |_| {}, "negative_lines", NO),
        ("negative_line", negative, "negative_lines", YES),
        ("free_text_charge", |_| {}, "free_text_charges", NO),
        ("free_text_charge", charges, "free_text_charges", YES),
    ]
}

fn sales() -> Vec<Case> {
    let services = |quirks: &mut Quirks| quirks.honours_service_only = true;
    let zero_too = |quirks: &mut Quirks| quirks.accepts_zero_task_for_simple_sales = true;
    let only_zero = |quirks: &mut Quirks| quirks.refuses_sale_id_as_task = true;
    let undoes = |quirks: &mut Quirks| quirks.undoes_invoices_of_simple_sales = true;
    let capitals = |quirks: &mut Quirks| quirks.payment_type_in_capitals_only = true;
    let prefix = |quirks: &mut Quirks| quirks.external_id_filter_is_prefix = true;
    let word = |word: &str| Value::Word(word.to_owned());
    let type_of = "payment_type_in_capitals";
    vec![
        ("service_sale", |_| {}, "service_sales", NO),
        ("service_sale", services, "service_sales", YES),
        ("invoice_task", |_| {}, "invoice_task", word("sale")),
        ("invoice_task", zero_too, "invoice_task", word("sale")),
        ("invoice_task", only_zero, "invoice_task", word("new")),
        ("undo_invoice", |_| {}, "undo", word("sale")),
        ("undo_invoice", undoes, "undo", word("invoice")),
        ("payment_type", |_| {}, type_of, NO),
        ("payment_type", capitals, type_of, YES),
        ("find_by_mark", |_| {}, "settle_seconds", Value::Seconds(60)),
        ("find_by_mark", prefix, "settle_seconds", Value::Seconds(60)),
    ]
}

fn purchases() -> Vec<Case> {
    let no_order = |quirks: &mut Quirks| {
        quirks.purchases.refuses_orders_of_services = true;
        quirks.purchases.invoices_service_without_order = true;
    };
    let neither = |quirks: &mut Quirks| quirks.purchases.refuses_orders_of_services = true;
    let groups = |quirks: &mut Quirks| quirks.purchases.tasks_have_ids_of_their_own = true;
    let word = |word: &str| Value::Word(word.to_owned());
    let task = "purchase_task";
    vec![
        ("service_purchase", |_| {}, "service_purchases", YES),
        ("service_purchase", no_order, "service_purchases", YES),
        ("service_purchase", neither, "service_purchases", NO),
        ("service_purchase", |_| {}, task, word("purchase")),
        ("service_purchase", groups, task, word("group")),
    ]
}

fn ledger() -> Vec<Case> {
    let draft = |quirks: &mut Quirks| {
        quirks.ledger.journal_completion = Completion::AsDraft;
        quirks.ledger.money_completion = Completion::AsDraft;
    };
    let refused = |quirks: &mut Quirks| {
        quirks.ledger.journal_completion = Completion::Refused;
        quirks.ledger.money_completion = Completion::Refused;
    };
    vec![
        ("journal", |_| {}, "journals_completed", YES),
        ("journal", draft, "journals_completed", NO),
        ("journal", refused, "journals_completed", NO),
        ("spend_money", |_| {}, "money_completed", YES),
        (
            "spend_money",
            |_| {},
            "bank_account_as",
            Value::Word("code".to_owned()),
        ),
        ("spend_money", draft, "money_completed", NO),
        ("spend_money", refused, "money_completed", NO),
    ]
}
