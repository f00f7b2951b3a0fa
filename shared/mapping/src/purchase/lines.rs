//! The rows of a purchase: products and charges, with taxes, that come to the total to the cent.

use cin7::{PurchaseCharge, PurchaseLine};
use money::Decimal;

use super::Source;
use super::figures::with_taxes;
use super::goods::{Article, charge_name};
use super::resolve::{Row, rows};
use crate::apportion::apportion;
use crate::held::Held;
use crate::pieces::{Piece, lump, short_of};
use crate::quantity::{CountedLine, comment, piece};
use crate::recomputed::{self, TaxedLine};

/// A row of a purchase.
#[derive(Debug)]
pub(crate) enum PlannedLine {
    /// A product.
    Line(PurchaseLine),
    /// A charge.
    Charge(PurchaseCharge),
}

impl PlannedLine {
    /// The name of its tax rule.
    pub(crate) fn tax_rule(&self) -> &str {
        match self {
            Self::Line(line) => &line.tax_rule,
            Self::Charge(charge) => &charge.tax_rule,
        }
    }
}

/// A row at its price. Cents that no price of goods comes to are a charge of their own.
#[derive(Debug)]
struct Priced<'a> {
    row: &'a Row<'a>,
    piece: Piece,
    /// What it is charged as; `None` for goods.
    charged_as: Option<String>,
}

/// The rows, with taxes, that add up to the total.
pub(crate) fn plan(source: &Source<'_>) -> Result<Vec<PlannedLine>, Held> {
    let (rows, tax) = rows(source)?;
    let mut priced = Vec::new();
    for row in &rows {
        price(source, row, &mut priced)?;
    }
    let exact: Vec<Decimal> = priced.iter().map(Priced::exact_tax).collect();
    let taxes = apportion(tax, &exact).ok_or_else(|| {
        let net: Decimal = rows.iter().map(|row| row.net).sum();
        with_taxes(source, net + exact.iter().sum::<Decimal>())
    })?;
    let taxed: Vec<TaxedLine<'_>> = priced
        .iter()
        .map(|priced| TaxedLine {
            total: priced.piece.total,
            rule: &priced.row.rule,
            percent: priced.row.percent,
        })
        .collect();
    let (settings, facts) = (source.settings, source.facts);
    let document = (source.record(), source.bought.total.currency);
    let taxes = recomputed::or_sent(document, &taxed, taxes, settings, facts)?;
    let with_tax = settings.cin7.line_total_with_tax;
    let rows = priced.into_iter().zip(taxes);
    Ok(rows
        .map(|(priced, tax)| priced.planned(tax, with_tax))
        .collect())
}

/// Products and charges, each in their order.
pub(crate) fn apart(planned: Vec<PlannedLine>) -> (Vec<PurchaseLine>, Vec<PurchaseCharge>) {
    let (mut lines, mut charges) = (Vec::new(), Vec::new());
    for row in planned {
        match row {
            PlannedLine::Line(line) => lines.push(line),
            PlannedLine::Charge(charge) => charges.push(charge),
        }
    }
    (lines, charges)
}

fn price<'a>(
    source: &Source<'_>,
    row: &'a Row<'a>,
    priced: &mut Vec<Priced<'a>>,
) -> Result<(), Held> {
    let counted = CountedLine {
        record: source.record(),
        document: source.bought.noun,
        label: row.label.clone(),
        quantity: row.quantity,
        unit_cost: row.unit_cost,
        amount: source.money(row.net),
        is_stock: row.stock().is_some(),
    };
    let whole = piece(&counted, Decimal::ZERO, row.net, &source.settings.cin7)?;
    let charged_as = match &row.article {
        Article::Stock(_) => None,
        Article::Charge(name) => Some(name.clone()),
    };
    let Some(piece) = whole else {
        let common = short_of(row.quantity, row.net);
        let rest = lump(row.net - common.total);
        let rest_as = charge_name(source, row.line)?;
        priced.push(Priced {
            row,
            piece: common,
            charged_as,
        });
        priced.push(Priced {
            row,
            piece: rest,
            charged_as: Some(rest_as),
        });
        return Ok(());
    };
    priced.push(Priced {
        row,
        piece,
        charged_as,
    });
    Ok(())
}

impl Priced<'_> {
    /// Its share of the row's tax, not rounded.
    fn exact_tax(&self) -> Decimal {
        let share = self.row.tax * self.piece.total;
        share.checked_div(self.row.net).unwrap_or(self.row.tax)
    }

    fn planned(self, tax: Decimal, with_tax: bool) -> PlannedLine {
        let Self {
            row,
            piece,
            charged_as,
        } = self;
        let total = if with_tax {
            piece.total + tax
        } else {
            piece.total
        };
        let comment = comment(&row.text, row.quantity, row.unit_cost, piece.in_words);
        let (tax_rule, account) = (row.rule.clone(), row.account.clone());
        match (charged_as, row.stock()) {
            (None, Some(product)) => PlannedLine::Line(PurchaseLine {
                product_id: product.id.clone(),
                sku: product.sku.clone(),
                name: product.name.clone(),
                quantity: piece.quantity,
                price: piece.price,
                discount: piece.discount,
                tax,
                total,
                tax_rule,
                account,
                comment,
            }),
            (charged_as, _) => PlannedLine::Charge(PurchaseCharge {
                description: charged_as.unwrap_or_default(),
                reference: comment,
                quantity: piece.quantity,
                price: piece.price,
                discount: piece.discount,
                tax,
                total,
                tax_rule,
                account,
            }),
        }
    }
}
