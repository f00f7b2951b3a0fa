//! The causes and what is unexplained add up to the difference, for whatever is handed in.

use jiff::civil::Date;
use money::{Currency, Decimal};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use tieout::{
    Copy, Document, Figures, InFreshbooks, Kind, Nature, Progress, Rules, Stands, Told, differs,
    tie,
};

use crate::causes::month;

fn day() -> impl Strategy<Value = Date> {
    // Around the month, and its first and last days.
    (-40_i64..70).prop_map(|days| {
        let first: Date = "2026-01-01".parse().unwrap();
        first.checked_add(jiff::Span::new().days(days)).unwrap()
    })
}

fn currency() -> impl Strategy<Value = Currency> {
    prop_oneof![4 => Just("USD"), 1 => Just("EUR")].prop_map(|code| code.parse().unwrap())
}

/// Few amounts, so that sides often agree; some with more than cents.
fn amount() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        4 => (-3_i64..6).prop_map(|units| Decimal::new(units * 5000, 2)),
        1 => (-100_000_i64..100_000).prop_map(|units| Decimal::new(units, 4)),
    ]
}

fn figures() -> impl Strategy<Value = Figures> {
    (day(), amount(), currency()).prop_map(|(day, amount, currency)| Figures {
        day,
        amount,
        currency,
    })
}

fn in_freshbooks() -> impl Strategy<Value = InFreshbooks> {
    let nature = prop_oneof![
        Just(Nature::Plain),
        Just(Nature::CreditApplied),
        Just(Nature::BankSide),
        Just(Nature::Overpaid),
        Just(Nature::Untied),
    ];
    prop_oneof![
        6 => (figures(), nature).prop_map(|(figures, nature)| InFreshbooks::Counts(figures, nature)),
        1 => Just(InFreshbooks::Draft),
        1 => Just(InFreshbooks::Deleted),
        1 => Just(InFreshbooks::Unreadable),
        1 => Just(InFreshbooks::Foreign),
    ]
}

fn told() -> impl Strategy<Value = Told> {
    let progress = prop_oneof![
        Just(Progress::OnItsWay),
        Just(Progress::Uncertain),
        Just(Progress::Waiting("settings.location".to_owned())),
        Just(Progress::Waiting("freshbooks:sent".to_owned())),
        Just(Progress::Posted),
        Just(Progress::Attention),
        Just(Progress::Skipped),
        Just(Progress::Reversed),
    ];
    let said = option::of(figures());
    let parts = (progress, said, option::of(figures()), any::<bool>());
    parts.prop_map(|(progress, said, left, is_fresh)| Told {
        progress,
        said,
        left,
        is_fresh,
    })
}

fn copy() -> impl Strategy<Value = Copy> {
    let stands = prop_oneof![
        3 => Just(Stands::Booked),
        1 => Just(Stands::Open),
        1 => Just(Stands::Voided),
    ];
    (stands, option::of(day()), amount(), option::of(currency())).prop_map(
        |(stands, day, amount, currency)| Copy {
            stands,
            day,
            amount,
            currency,
        },
    )
}

fn document() -> impl Strategy<Value = Document> {
    let kind = (0..Kind::ALL.len()).prop_map(|at| Kind::ALL[at]);
    (
        kind,
        in_freshbooks(),
        option::of(told()),
        vec(copy(), 0..4),
        0..50_u32,
    )
        .prop_map(|(kind, freshbooks, told, cin7, id)| Document {
            kind,
            record: format!("{kind}/{id}"),
            number: None,
            freshbooks,
            told,
            cin7,
        })
}

fn rules() -> impl Strategy<Value = Rules> {
    (
        option::of(day()),
        vec((0..Kind::ALL.len()).prop_map(|at| Kind::ALL[at]), 0..3),
    )
        .prop_map(|(start_date, unsupported)| Rules {
            start_date,
            unsupported,
        })
}

/// What a side comes to, added up without regard to causes.
fn freshbooks_total(documents: &[Document], kind: Kind, currency: &str) -> Decimal {
    let counts = documents.iter().filter(|document| document.kind == kind);
    let figures = counts.filter_map(|document| match document.freshbooks {
        InFreshbooks::Counts(figures, _) => Some(figures),
        _ => None,
    });
    let ours = figures
        .filter(|figures| month().contains(figures.day) && figures.currency.code() == currency);
    ours.map(|figures| figures.amount).sum()
}

proptest! {
    #[test]
    fn the_causes_and_what_is_unexplained_add_up_to_the_difference(
        documents in vec(document(), 0..40),
        rules in rules(),
    ) {
        let tied = tie(month(), &documents, &rules);
        for totals in &tied {
            let explained: Decimal = totals.causes.iter().map(|cause| cause.amount).sum();
            prop_assert_eq!(totals.freshbooks - totals.cin7, totals.difference);
            prop_assert_eq!(explained + totals.unexplained, totals.difference);
            let wanted = freshbooks_total(&documents, totals.kind, &totals.currency);
            prop_assert_eq!(totals.freshbooks, wanted);
            for cause in &totals.causes {
                let behind = cause.documents.iter().map(|one| one.freshbooks - one.cin7);
                prop_assert_eq!(behind.sum::<Decimal>(), cause.amount);
                prop_assert_eq!(cause.records.len(), cause.documents.len());
                prop_assert!(!cause.records.is_empty());
            }
        }
        // Whatever differs stands behind something, and whatever agrees behind nothing.
        let behind: usize = tied.iter().map(|totals| {
            let causes = totals.causes.iter().map(|cause| cause.documents.len());
            causes.sum::<usize>() + totals.unexplained_documents.len()
        }).sum();
        let differing = documents.iter().filter(|one| differs(month(), one)).count();
        prop_assert!(behind >= differing);
        prop_assert_eq!(behind == 0, differing == 0);
    }

    #[test]
    fn the_order_of_the_documents_does_not_matter_to_the_amounts(
        documents in vec(document(), 0..20),
        rules in rules(),
    ) {
        let amounts = |documents: &[Document]| -> Vec<_> {
            let tied = tie(month(), documents, &rules);
            let amounts = tied.into_iter().map(|totals| {
                let causes = totals.causes.into_iter().map(|cause| (cause.cause, cause.amount));
                let causes: Vec<_> = causes.collect();
                (totals.kind, totals.currency, totals.difference, causes, totals.unexplained)
            });
            amounts.collect()
        };
        let mut backwards = documents.clone();
        backwards.reverse();
        prop_assert_eq!(amounts(&documents), amounts(&backwards));
    }
}
