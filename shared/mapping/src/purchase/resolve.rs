//! The rows of a purchase before they are priced: what each is, on which account, under which rule.

use cin7::Product;
use freshbooks::BillLine;
use money::Decimal;

use super::figures::{figures, tax_of};
use super::goods::{Article, are_counted, article, label};
use super::{Source, category, taxes};
use crate::held::Held;
use crate::text::{flat, same};

/// A row that is posted.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub article: Article<'a>,
    pub rule: String,
    pub account: String,
    /// FreshBooks' description; may be empty.
    pub text: String,
    /// As sentences name the line.
    pub label: String,
    pub quantity: Decimal,
    pub unit_cost: Decimal,
    /// Before tax, in cents.
    pub net: Decimal,
    /// Tax as FreshBooks has it, in money, and in percent.
    pub tax: Decimal,
    pub percent: Decimal,
    /// The line, or the first of those that became this row.
    pub line: &'a BillLine,
}

/// The rows, and the tax on them all in cents. Every line is one that charges something or brings
/// goods; lines of one article are one row.
pub(super) fn rows<'a>(source: &Source<'a>) -> Result<(Vec<Row<'a>>, Decimal), Held> {
    let lines = posted(source);
    let rules = lines.iter().map(|line| taxes::rule(source, line));
    let rules: Vec<String> = rules.collect::<Result<_, _>>()?;
    let accounts = lines.iter().map(|line| category::account(source, line));
    let accounts: Vec<String> = accounts.collect::<Result<_, _>>()?;
    let articles = lines.iter().map(|line| article(source, line));
    let articles: Vec<Article<'a>> = articles.collect::<Result<_, _>>()?;
    let figures = figures(source, &lines)?;
    let mut rows: Vec<Row<'a>> = Vec::new();
    let resolved = rules.into_iter().zip(accounts).zip(articles);
    for ((line, net), ((rule, account), article)) in lines.iter().zip(figures.nets).zip(resolved) {
        let row = Row {
            article,
            rule,
            account,
            text: flat(&line.description),
            label: label(line),
            quantity: line.quantity,
            unit_cost: line.unit_cost,
            net,
            tax: tax_of(line),
            percent: taxes::percent(line),
            line,
        };
        match rows.iter_mut().find(|other| other.is_same_article(&row)) {
            Some(other) => other.take_in(source, row)?,
            None => rows.push(row),
        }
    }
    Ok((rows, figures.tax))
}

/// The lines that charge something or bring goods.
pub(super) fn posted<'a>(source: &Source<'a>) -> Vec<&'a BillLine> {
    let counts = |line: &&BillLine| !line.amount.is_zero() || are_counted(source, line);
    source.bought.lines.iter().filter(counts).collect()
}

impl Row<'_> {
    /// The product, where it is one that is kept in stock.
    pub(super) fn stock(&self) -> Option<&Product> {
        match self.article {
            Article::Stock(product) => Some(product),
            Article::Charge(_) => None,
        }
    }

    fn is_same_article(&self, other: &Row<'_>) -> bool {
        let skus = self.stock().zip(other.stock());
        skus.is_some_and(|(own, other)| same(&own.sku, &other.sku))
    }

    /// One article twice in one document is an error in Cin7 (docs/cin7-api.md, purchase order).
    fn take_in(&mut self, source: &Source<'_>, other: Row<'_>) -> Result<(), Held> {
        if self.rule != other.rule || self.account != other.account {
            return Err(Held::Attention {
                sentence: format!(
                    "{} has the goods {} on two lines of different taxes or accounts, and a \
                     purchase in Cin7 takes them on one line; make them alike in FreshBooks, or \
                     enter it in Cin7 by hand.",
                    source.record(),
                    self.label
                ),
            });
        }
        self.quantity += other.quantity;
        self.net += other.net;
        self.tax += other.tax;
        if self.unit_cost != other.unit_cost {
            self.unit_cost = self.net.checked_div(self.quantity).unwrap_or_default();
        }
        Ok(())
    }
}
