//! Adding up a month.

use std::collections::BTreeMap;

use money::{Currency, Decimal};

use crate::{
    Cause, CauseTotal, Difference, Document, InFreshbooks, Kind, KindTotals, Month, Rules, cause_of,
};

/// What a document comes to on both sides, by currency.
type Sides = BTreeMap<Currency, (Decimal, Decimal)>;

/// What one kind comes to in one currency, while it is added up.
#[derive(Default)]
struct Sum {
    freshbooks: Decimal,
    cin7: Decimal,
    causes: BTreeMap<Cause, Vec<Difference>>,
    unexplained: Vec<Difference>,
}

/// Ties a month out: what each kind comes to in each currency, and why the two sides differ.
///
/// Each document gives what FreshBooks accounts for in the month less what Cin7 holds in it to one cause
/// and no more, or to what is not explained: their sum is the difference, whatever the documents are.
#[must_use]
pub fn tie(month: Month, documents: &[Document], rules: &Rules) -> Vec<KindTotals> {
    let mut sums: BTreeMap<(Kind, Currency), Sum> = BTreeMap::new();
    for document in documents {
        let sides = sides(month, document);
        let cause = cause_of(document, rules);
        for (currency, (freshbooks, cin7)) in sides {
            let sum = sums.entry((document.kind, currency)).or_default();
            sum.freshbooks += freshbooks;
            sum.cin7 += cin7;
            if freshbooks == cin7 {
                continue;
            }
            let behind = match &cause {
                Some(cause) => sum.causes.entry(cause.clone()).or_default(),
                None => &mut sum.unexplained,
            };
            behind.push(Difference {
                record: document.record.clone(),
                number: document.number.clone(),
                freshbooks: with_cents(freshbooks),
                cin7: with_cents(cin7),
            });
        }
    }
    let totals = sums.into_iter().map(|((kind, currency), sum)| {
        let difference = sum.freshbooks - sum.cin7;
        KindTotals {
            kind,
            currency: currency.to_string(),
            freshbooks: with_cents(sum.freshbooks),
            cin7: with_cents(sum.cin7),
            difference: with_cents(difference),
            unexplained: together(&sum.unexplained),
            causes: sum.causes.into_iter().map(total).collect(),
            unexplained_documents: sum.unexplained,
        }
    });
    totals.collect()
}

/// Whether the two sides differ about a document in this month.
#[must_use]
pub fn differs(month: Month, document: &Document) -> bool {
    let sides = sides(month, document);
    sides.values().any(|(freshbooks, cin7)| freshbooks != cin7)
}

fn sides(month: Month, document: &Document) -> Sides {
    let mut sides = Sides::new();
    if let InFreshbooks::Counts(figures, _) = document.freshbooks
        && month.contains(figures.day)
    {
        sides.entry(figures.currency).or_default().0 += figures.amount;
    }
    for copy in document.booked() {
        let figures = document.figures_of(copy);
        if let Some(figures) = figures.filter(|figures| month.contains(figures.day)) {
            sides.entry(figures.currency).or_default().1 += figures.amount;
        }
    }
    sides
}

fn total((cause, documents): (Cause, Vec<Difference>)) -> CauseTotal {
    CauseTotal {
        cause: cause.name(),
        meaning: cause.meaning(),
        amount: together(&documents),
        records: documents.iter().map(|one| one.record.clone()).collect(),
        documents,
    }
}

fn together(documents: &[Difference]) -> Decimal {
    let differences = documents.iter().map(|one| one.freshbooks - one.cin7);
    with_cents(differences.sum())
}

/// At least two decimals and no more than there are.
fn with_cents(amount: Decimal) -> Decimal {
    let mut amount = amount.normalize();
    if amount.scale() < 2 {
        amount.rescale(2);
    }
    amount
}
