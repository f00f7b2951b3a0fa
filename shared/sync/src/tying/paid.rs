//! Payments on sales and purchases. Their lists tell what was paid on each: where that is what our payments
//! add up to, no further call is needed.

use std::collections::BTreeMap;

use cin7::SalePayment;
use ledger::RecordKey;
use money::{Currency, Decimal, cents};
use tieout::{Kind, Stands};

use super::documents::{Gathered, Held};
use super::ledgered::{Paid, kind_of};
use super::{NotTied, Reading, unread};

/// Which of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Sales,
    Purchases,
}

/// What the list shows of one sale or purchase.
#[derive(Debug)]
struct Shown {
    /// As Cin7 writes it.
    id: String,
    /// Whose document it is, where that is known.
    of: Option<RecordKey>,
    paid: Option<Decimal>,
    currency: Option<Currency>,
}

/// What was paid, by Cin7's id of the sale or purchase in lower case.
#[derive(Debug)]
pub(super) struct Payments {
    side: Side,
    shown: BTreeMap<String, Shown>,
}

impl Payments {
    pub(super) fn of(side: Side) -> Self {
        let shown = BTreeMap::new();
        Self { side, shown }
    }

    /// Takes down what the list shows of a document of ours.
    pub(super) fn shown(
        &mut self,
        id: &str,
        of: RecordKey,
        paid: Option<Decimal>,
        currency: Option<Currency>,
    ) {
        let shown = Shown {
            id: id.to_owned(),
            of: Some(of),
            paid: paid.map(cents),
            currency,
        };
        self.shown.insert(id.to_lowercase(), shown);
    }
}

impl Side {
    fn kind(self) -> Kind {
        match self {
            Self::Sales => Kind::Payment,
            Self::Purchases => Kind::BillPayment,
        }
    }
}

impl Reading<'_> {
    /// What stands of our payments, and of others on documents of ours.
    pub(super) async fn read_payments(
        &self,
        gathered: &mut Gathered,
        mut payments: Payments,
    ) -> Result<(), NotTied> {
        let kind = payments.side.kind();
        let of_month: Vec<_> = gathered
            .book
            .paid
            .iter()
            .filter(|(_, ours)| {
                let mut ours = ours.iter().filter(|paid| kind_of(&paid.key) == Some(kind));
                ours.any(|paid| gathered.book.records.contains_key(&paid.key))
            })
            .map(|(id, _)| id.clone())
            .collect();
        // One that the list does not show is asked about.
        for id in of_month {
            payments.shown.entry(id.clone()).or_insert(Shown {
                id,
                of: None,
                paid: None,
                currency: None,
            });
        }
        for (id, shown) in payments.shown {
            let ours = gathered.book.paid.get(&id).cloned().unwrap_or_default();
            let sum = ours.iter().map(|paid| paid.amount).sum::<Option<Decimal>>();
            if shown.paid.is_some() && shown.paid == sum {
                for paid in ours
                    .into_iter()
                    .filter(|paid| kind_of(&paid.key) == Some(kind))
                {
                    let held = booked(paid.amount, None, shown.currency);
                    gathered.hold(self.month, paid.key, held);
                }
                continue;
            }
            let rows = self.payments_on(payments.side, &shown.id).await?;
            for row in rows {
                self.place(gathered, (kind, &shown), &ours, &row);
            }
        }
        Ok(())
    }

    async fn payments_on(&self, side: Side, id: &str) -> Result<Vec<SalePayment>, NotTied> {
        let rows = match side {
            Side::Sales => self.reader.sale_payments(id).await,
            Side::Purchases => self.reader.purchase_payments(id).await,
        };
        match rows {
            // Cin7 does not show the document either.
            Err(cin7::Error::Refused(_)) => Ok(Vec::new()),
            rows => rows.map_err(unread),
        }
    }

    /// Takes down a payment as Cin7 shows it: ours by its id, else by its mark, else a person's.
    fn place(
        &self,
        gathered: &mut Gathered,
        (kind, shown): (Kind, &Shown),
        ours: &[Paid],
        row: &SalePayment,
    ) {
        let is_refund = row.kind.to_lowercase().contains("refund");
        let amount = if is_refund { -row.amount } else { row.amount };
        let held = booked(Some(cents(amount)), row.paid_on, shown.currency);
        let by_id = ours.iter().find(|paid| {
            let id = paid.payment_id.as_deref();
            id.is_some_and(|id| id.eq_ignore_ascii_case(&row.id))
        });
        let key = by_id.map(|paid| paid.key.clone());
        match key.or_else(|| self.marked(&row.reference)) {
            // An expense crosses with its payment, and counts by its purchase.
            Some(key) if kind_of(&key) != Some(kind) => {}
            Some(key) => gathered.hold(self.month, key, held),
            None => {
                if let Some(of) = &shown.of {
                    gathered.hold_foreign(kind, of, held);
                }
            }
        }
    }
}

fn booked(
    amount: Option<Decimal>,
    day: Option<jiff::civil::Date>,
    currency: Option<Currency>,
) -> Held {
    Held {
        stands: Stands::Booked,
        day,
        amount,
        currency,
    }
}
