//! A FreshBooks expense as a Cin7 purchase with its payment, or as one Spend Money operation.

mod spend;

use cin7::NewMoneyOperation;
use freshbooks::{BankSide, BillLine, Category, Expense, LineCategory};
use money::Decimal;
use serde::Serialize;

use crate::facts::Facts;
use crate::held::Held;
use crate::payment::{EXPENSE, Paid, PaymentPlan, plan_paid};
use crate::purchase::{self, Bought, Heading, PurchasePlan, plan_bought, remarks};
use crate::settings::{BankAccountAs, ExpensesAs, Settings};
use crate::supplier::WantedSupplier;
use crate::text::flat;

/// What an expense becomes, as the settings choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpensePlan {
    /// A purchase, and the payment of its whole total.
    Purchase {
        /// The purchase.
        purchase: Box<PurchasePlan>,
        /// Its payment.
        payment: PaymentPlan,
    },
    /// A Spend Money operation.
    SpendMoney(Box<SpendPlan>),
}

/// A Spend Money operation, planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpendPlan {
    /// The supplier, still to be linked or made; it may do without.
    pub supplier: Option<WantedSupplier>,
    operation: NewMoneyOperation,
}

impl SpendPlan {
    /// The operation for a supplier, given by Cin7's id, or without one.
    #[must_use]
    pub fn operation(&self, supplier_id: Option<&str>) -> NewMoneyOperation {
        NewMoneyOperation {
            supplier_id: supplier_id.map(str::to_owned),
            ..self.operation.clone()
        }
    }
}

/// What an expense is planned from.
#[derive(Debug, Clone, Copy)]
struct Source<'a> {
    bought: &'a Bought<'a>,
    paid: &'a Paid<'a>,
    settings: &'a Settings,
    facts: &'a Facts<'a>,
}

/// Plans an expense; `mark` is what it will be found by again, and `categories` are FreshBooks', for
/// an expense names its own by id alone.
///
/// # Errors
/// [`Held`], the first reason for which the expense does not cross: the bank's side of a bill payment,
/// then what [`crate::plan_bill`] says, then an account to pay from that the settings lack.
pub fn plan_expense(
    expense: &Expense,
    categories: &[Category],
    settings: &Settings,
    facts: &Facts<'_>,
    mark: &str,
) -> Result<ExpensePlan, Held> {
    let record = format!("{} of {}", undated(expense), expense.spent_on);
    not_a_bill_payment(expense, &record)?;
    let lines = [line(expense, categories)];
    let bought = bought(expense, &record, &lines);
    let paid = paid(expense, record);
    let heading = Heading {
        mark,
        number: "",
        remarks: remarks(EXPENSE, &expense.id, &expense.vendor),
        supplier: WantedSupplier::named(&expense.vendor, settings),
    };
    if settings.purchases.expenses_as == ExpensesAs::SpendMoney {
        let source = Source {
            bought: &bought,
            paid: &paid,
            settings,
            facts,
        };
        let plan = spend::plan(&source, heading)?;
        return Ok(ExpensePlan::SpendMoney(Box::new(plan)));
    }
    let purchase = Box::new(plan_bought(&bought, heading, settings, facts)?);
    let payment = plan_paid(&paid, settings, facts)?;
    Ok(ExpensePlan::Purchase { purchase, payment })
}

/// Everything that an expense waits for, setting by setting; nothing where it does not cross for another
/// reason.
pub(crate) fn waits_for(
    expense: &Expense,
    categories: &[Category],
    settings: &Settings,
    facts: &Facts<'_>,
) -> Vec<Held> {
    let record = format!("{} of {}", undated(expense), expense.spent_on);
    if not_a_bill_payment(expense, &record).is_err() {
        return Vec::new();
    }
    let lines = [line(expense, categories)];
    let source = purchase::Source {
        bought: &bought(expense, &record, &lines),
        settings,
        facts,
    };
    let is_from_somebody = settings.purchases.expenses_as == ExpensesAs::SpendMoney
        || WantedSupplier::named(&expense.vendor, settings).is_some();
    let mut held = purchase::waits_for(&source, is_from_somebody);
    if settings.cin7.bank_account_as == BankAccountAs::Code {
        held.extend(plan_paid(&paid(expense, record), settings, facts).err());
    }
    held
}

fn bought<'a>(expense: &Expense, record: &str, lines: &'a [BillLine; 1]) -> Bought<'a> {
    Bought {
        record: record.to_owned(),
        noun: EXPENSE,
        total: expense.amount,
        subtotal: lines[0].amount,
        day: expense.spent_on,
        due: expense.spent_on,
        lines,
    }
}

fn paid(expense: &Expense, record: String) -> Paid<'static> {
    Paid {
        record,
        undated: undated(expense),
        noun: EXPENSE,
        document: EXPENSE,
        kind: EXPENSE,
        amount: expense.amount,
        day: expense.spent_on,
        owed_in: expense.amount.currency,
    }
}

/// The money left the bank once: it crosses as the payment of the bill
/// (docs/freshbooks-api.md, expenses, other income, credit notes).
fn not_a_bill_payment(expense: &Expense, record: &str) -> Result<(), Held> {
    let sentence = match expense.bill_payment {
        BankSide::None => return Ok(()),
        BankSide::Matched => format!(
            "{record} is the bank's side of a bill payment, which crosses itself, so nothing of \
             the expense is posted and there is nothing to do."
        ),
        BankSide::Potential => format!(
            "{record} looks to FreshBooks like the bank's side of a bill payment and stays out, or \
             {} would count twice; if it is an expense of its own, say so in FreshBooks.",
            expense.amount
        ),
    };
    Err(Held::skipped("bill_payment", sentence))
}

/// The expense as one line without its taxes: unlike a bill's, its amount has them.
fn line(expense: &Expense, categories: &[Category]) -> BillLine {
    let taxes: Decimal = expense.taxes.iter().map(|tax| tax.amount).sum();
    let net = expense.amount.amount - taxes;
    let texts = [flat(&expense.notes), flat(&expense.vendor)];
    let description = texts.into_iter().find(|text| !text.is_empty());
    BillLine {
        description: description.unwrap_or_default(),
        quantity: Decimal::ONE,
        unit_cost: net,
        amount: net,
        category: expense.category_id.as_ref().map(|id| LineCategory {
            id: id.clone(),
            name: categories
                .iter()
                .find(|category| category.id == *id)
                .map(|category| category.name.clone())
                .unwrap_or_default(),
        }),
        taxes: expense.taxes.clone(),
    }
}

fn undated(expense: &Expense) -> String {
    let vendor = flat(&expense.vendor);
    if vendor.is_empty() {
        return format!("Expense {}", expense.id);
    }
    format!("Expense {} at {vendor}", expense.id)
}
