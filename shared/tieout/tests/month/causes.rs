//! The cause of one document, by what the three sides say.

use money::{Currency, Decimal};
use tieout::{
    Copy, Document, Figures, InFreshbooks, Kind, Month, Nature, Progress, Rules, Stands, Told,
    cause_of, differs, tie,
};

pub(crate) fn month() -> Month {
    "2026-01".parse().unwrap()
}

pub(crate) fn figures(day: &str, amount: i64) -> Figures {
    Figures {
        day: day.parse().unwrap(),
        amount: Decimal::new(amount, 2),
        currency: "USD".parse().unwrap(),
    }
}

pub(crate) fn copy(stands: Stands, amount: i64) -> Copy {
    Copy {
        stands,
        day: Some("2026-01-10".parse().unwrap()),
        amount: Decimal::new(amount, 2),
        currency: None,
    }
}

fn told(progress: Progress, left: Option<i64>) -> Option<Told> {
    Some(Told {
        progress,
        said: None,
        left: left.map(|amount| figures("2026-01-10", amount)),
        is_fresh: false,
    })
}

fn counts(amount: i64) -> InFreshbooks {
    InFreshbooks::Counts(figures("2026-01-10", amount), Nature::Plain)
}

pub(crate) fn document(freshbooks: InFreshbooks, told: Option<Told>, cin7: Vec<Copy>) -> Document {
    Document {
        kind: Kind::Invoice,
        record: "invoice/1".to_owned(),
        number: None,
        freshbooks,
        told,
        cin7,
    }
}

#[track_caller]
fn is(document: &Document, cause: &str) {
    assert!(differs(month(), document), "{document:?}");
    let found = cause_of(document, &Rules::default());
    let found = found.map_or_else(|| "none".to_owned(), |cause| cause.name());
    assert_eq!(found, cause, "{document:?}");
}

#[test]
fn what_the_connector_is_doing_is_the_cause_as_long_as_it_does_it() {
    let on = |progress| document(counts(100), told(progress, None), vec![]);
    is(&on(Progress::OnItsWay), "on_its_way");
    is(&on(Progress::Uncertain), "uncertain");
    is(&on(Progress::Attention), "attention");
    is(&on(Progress::Skipped), "skipped_by_rule");
    let what = "settings.taxes.none".to_owned();
    is(&on(Progress::Waiting(what)), "waiting:settings.taxes.none");
    // FreshBooks took the deletion back.
    is(&on(Progress::Reversed), "changed_in_freshbooks");
    is(&document(counts(100), None, vec![]), "not_heard_of");
}

#[test]
fn what_a_person_did_in_cin7_is_named() {
    let posted = || told(Progress::Posted, Some(10_000));
    let with = |cin7| document(counts(10_000), posted(), cin7);
    is(&with(vec![]), "missing_in_cin7");
    is(&with(vec![copy(Stands::Voided, 10_000)]), "voided_in_cin7");
    is(&with(vec![copy(Stands::Open, 10_000)]), "changed_in_cin7");
    is(&with(vec![copy(Stands::Booked, 9_000)]), "changed_in_cin7");
    is(&with(vec![copy(Stands::Booked, 10_003)]), "rounding");
    is(&with(vec![copy(Stands::Booked, 10_000); 2]), "doubled");
    let mut late = copy(Stands::Booked, 10_000);
    late.day = Some("2026-02-01".parse().unwrap());
    is(&with(vec![late]), "other_month");
    let mut foreign = copy(Stands::Booked, 10_000);
    foreign.currency = Some("EUR".parse::<Currency>().unwrap());
    is(&with(vec![foreign]), "other_currency");
    let mut entered = document(InFreshbooks::Foreign, None, vec![copy(Stands::Booked, 500)]);
    entered.cin7[0].currency = Some("USD".parse().unwrap());
    is(&entered, "entered_in_cin7");
}

#[test]
fn a_write_of_a_moment_ago_is_nobodys_fault() {
    let mut fresh = told(Progress::Posted, Some(10_000));
    fresh.as_mut().unwrap().is_fresh = true;
    is(&document(counts(10_000), fresh, vec![]), "on_its_way");
}

#[test]
fn what_freshbooks_did_since_is_named() {
    let stands = || vec![copy(Stands::Booked, 10_000)];
    let with = |shown| document(shown, told(Progress::Posted, Some(10_000)), stands());
    is(&with(counts(12_000)), "changed_in_freshbooks");
    is(&with(InFreshbooks::Deleted), "deleted_in_freshbooks");
    is(&with(InFreshbooks::Draft), "draft");
    is(&with(InFreshbooks::Unreadable), "unreadable");
    let held = told(Progress::Attention, Some(10_000));
    is(&document(counts(12_000), held, stands()), "attention");
}

#[test]
fn what_was_left_and_still_stands_explains_nothing_but_a_netted_journal() {
    let mut posted = told(Progress::Posted, Some(8_000));
    posted.as_mut().unwrap().said = Some(figures("2026-01-10", 10_000));
    let mut wrong = document(counts(10_000), posted, vec![copy(Stands::Booked, 8_000)]);
    is(&wrong, "none");
    wrong.kind = Kind::JournalEntry;
    is(&wrong, "netted");
}

#[test]
fn what_the_rules_keep_out_is_named_by_the_rule() {
    let rules = Rules {
        start_date: Some("2026-01-15".parse().unwrap()),
        unsupported: vec![Kind::CreditNote],
    };
    let skipped = |nature| {
        let shown = InFreshbooks::Counts(figures("2026-01-10", 100), nature);
        document(shown, told(Progress::Skipped, None), vec![])
    };
    let cause = |document: &Document| cause_of(document, &rules).unwrap().name();
    assert_eq!(cause(&skipped(Nature::Plain)), "before_start_date");
    assert_eq!(cause(&skipped(Nature::CreditApplied)), "credit_applied");
    let matched = cause(&skipped(Nature::BankSide));
    assert_eq!(matched, "bank_side_of_bill_payment");
    let mut note = document(counts(100), None, vec![]);
    note.kind = Kind::CreditNote;
    assert_eq!(cause(&note), "not_supported");
}

#[test]
fn a_copy_that_nobody_made_is_not_explained() {
    let stray = || {
        document(
            InFreshbooks::Deleted,
            None,
            vec![Copy {
                currency: Some("USD".parse().unwrap()),
                ..copy(Stands::Booked, 500)
            }],
        )
    };
    is(&stray(), "none");
    let [totals] = &tie(month(), &[stray()], &Rules::default())[..] else {
        panic!("one kind in one currency");
    };
    assert_eq!(totals.unexplained.to_string(), "-5.00");
    assert_eq!(totals.unexplained_documents[0].record, "invoice/1");
}

#[test]
fn two_that_cancel_each_other_out_are_not_explained_by_that() {
    let stray = |amount| {
        document(
            InFreshbooks::Deleted,
            None,
            vec![Copy {
                currency: Some("USD".parse().unwrap()),
                ..copy(Stands::Booked, amount)
            }],
        )
    };
    let tied = tie(month(), &[stray(500), stray(-500)], &Rules::default());
    assert_eq!(tied[0].unexplained.to_string(), "0.00");
    assert!(!tied[0].is_explained());
}
