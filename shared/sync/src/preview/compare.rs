//! Which documents that stand in Cin7 would post differently under other settings, and what money
//! would move. Compared is what was sent, which the ledger keeps, with what would be sent.

use std::collections::BTreeMap;

use cin7::{Booked, Rebooking, header_request, invoice_request, payment_request, rebookings};
use freshbooks::ShownPayment;
use ledger::{Record, RecordKey, Selection, State};
use mapping::{Held, content_hash, payment_hash, payment_mark, plan_payment, plan_sale, sale_mark};
use money::Decimal;
use serde::Serialize;

use super::{NotPreviewed, Preview};
use crate::invoice::header;
use crate::payment::{Target, paid_invoice, wanted};
use crate::side::Sales;
use crate::steps::digest;
use crate::work::name_of;

/// Records to an answer.
const RECORDS: usize = 25;

/// A document that would not post as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// `invoice` or `payment`.
    pub kind: String,
    /// FreshBooks' id.
    pub id: String,
    /// The number people see, of an invoice.
    pub number: Option<String>,
    /// `differs`: it would post differently. `held`: it would not post. `unknown`: it cannot be told.
    pub outcome: &'static str,
    /// What would be different, or why it would not post.
    pub sentence: String,
}

/// Money that would stand elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// `account`, `tax_rule`, `product`, `location`, `customer`, `terms`, `rate` or `lines`.
    pub what: &'static str,
    /// `invoice` or `payment`.
    pub kind: String,
    /// Where it stands; empty where the request said nothing, as of a product's own account.
    pub from: String,
    /// Where it would stand.
    pub to: String,
    /// The documents' currency.
    pub currency: String,
    /// The money, as decimal text: of lines without tax, of everything else the documents' totals.
    pub total: String,
    /// How many documents.
    pub count: usize,
}

/// A page of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedPage {
    /// How many documents were compared.
    pub compared: usize,
    /// Those that would not post as they stand.
    pub records: Vec<Compared>,
    /// The money of this page.
    pub moves: Vec<Move>,
    /// `kind/id` of the last record, where there are more.
    pub cursor: Option<String>,
}

/// From where to where something would move.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    what: Booked,
    kind: String,
    from: String,
    to: String,
    currency: String,
}

/// The money of each way, and how many documents go it.
type Sums = BTreeMap<Way, (Decimal, usize)>;

/// What would be sent instead, or why nothing would be.
enum Wanted {
    Requests(Vec<(&'static str, String)>),
    Held(Held),
    Unknown(String),
}

impl Preview<'_> {
    /// The records after `cursor` that stand in Cin7, as many as there is time for.
    ///
    /// # Errors
    /// Something could not be read.
    pub async fn compare(&mut self, cursor: Option<&str>) -> Result<ComparedPage, NotPreviewed> {
        let keys = self.standing_after(cursor).await?;
        let (mut records, mut sums, mut compared, mut last) = (Vec::new(), Sums::new(), 0, None);
        for key in keys.iter().take(RECORDS) {
            if last.is_some() && self.is_late() {
                break;
            }
            last = Some(key);
            let Some(record) = self.on.ledger.record(key).await? else {
                continue;
            };
            if record.content.is_none() {
                continue;
            }
            compared += 1;
            let wanted = match key.kind.as_str() {
                "invoice" => Box::pin(self.wanted_sale(&record)).await?,
                "payment" => Box::pin(self.wanted_payment(&record)).await?,
                _ => continue,
            };
            records.extend(self.told(&record, wanted, &mut sums).await?);
        }
        let done = last == keys.last();
        let name = |key: &RecordKey| format!("{}/{}", key.kind, key.id);
        Ok(ComparedPage {
            compared,
            records,
            moves: sums.into_iter().map(moved).collect(),
            cursor: last.filter(|_| !done).map(name),
        })
    }

    /// By kind and id, which no change of a record moves.
    async fn standing_after(&self, cursor: Option<&str>) -> Result<Vec<RecordKey>, NotPreviewed> {
        let mut keys = Vec::new();
        for state in [State::Posted, State::Confirmed] {
            let selection = Selection {
                state: Some(state),
                ..Selection::default()
            };
            let found = self
                .on
                .ledger
                .select(&self.connection.id, &selection, usize::MAX);
            keys.extend(found.await?);
        }
        let name = |key: &RecordKey| (key.kind.as_str().to_owned(), key.id.as_str().to_owned());
        keys.sort_by_key(name);
        keys.dedup();
        if let Some((kind, id)) = cursor.and_then(|cursor| cursor.split_once('/')) {
            let after = (kind.to_owned(), id.to_owned());
            keys.retain(|key| name(key) > after);
        }
        Ok(keys)
    }

    async fn wanted_sale(&mut self, record: &Record) -> Result<Wanted, NotPreviewed> {
        let Some(invoice) = self.fetch_invoice(record.key.id.as_str()).await? else {
            return Ok(Wanted::Unknown(
                "FreshBooks does not show it any more.".to_owned(),
            ));
        };
        if record.content.as_deref() != Some(content_hash(&invoice).as_str()) {
            return Ok(changed());
        }
        let (account, generation) = (&self.connection.account_id, record.generation);
        let mark = sale_mark(account, &invoice.id, generation);
        let settings = self.settings;
        let planned = self.plan(|facts| plan_sale(&invoice, settings, facts, &mark));
        let plan = match planned.await? {
            Ok((plan, _)) => plan,
            Err(held) => return Ok(Wanted::Held(held)),
        };
        let customer = record.cin7.customer_id.as_deref().unwrap_or_default();
        let sale_id = record.cin7.sale_id.as_deref().unwrap_or_default();
        let header = header(record, &plan, customer, account);
        Ok(Wanted::Requests(vec![
            ("sale", header_request(&header)),
            ("invoice", invoice_request(sale_id, &plan.invoice)),
        ]))
    }

    async fn wanted_payment(&mut self, record: &Record) -> Result<Wanted, NotPreviewed> {
        let payment = match self.fetch_payment(record.key.id.as_str()).await? {
            Some(ShownPayment::Standing(payment)) => payment,
            _ => return Ok(changed()),
        };
        let parent = match &record.parent {
            Some(key) => self.on.ledger.record(key).await?,
            None => None,
        };
        let Some(parent) =
            parent.filter(|_| record.content.as_deref() == Some(payment_hash(&payment).as_str()))
        else {
            return Ok(changed());
        };
        let (settings, invoice) = (self.settings, paid_invoice(&parent, &payment));
        let planned = self.plan(|facts| plan_payment(&payment, &invoice, settings, facts));
        let plan = match planned.await? {
            Ok((plan, _)) => plan,
            Err(held) => return Ok(Wanted::Held(held)),
        };
        let account = &self.connection.account_id;
        let mark = payment_mark(account, &payment.id, record.generation);
        let wanted = wanted(mark, settings, plan, &Target::of::<Sales>(&parent));
        Ok(Wanted::Requests(vec![(
            "payment",
            payment_request(&wanted),
        )]))
    }

    /// What is told of a record, if anything; its money goes into the sums.
    async fn told(
        &self,
        record: &Record,
        wanted: Wanted,
        sums: &mut Sums,
    ) -> Result<Option<Compared>, NotPreviewed> {
        let told = |outcome, sentence: String| Compared {
            kind: record.key.kind.to_string(),
            id: record.key.id.to_string(),
            number: record.number.clone(),
            outcome,
            sentence,
        };
        let requests = match wanted {
            Wanted::Requests(requests) => requests,
            Wanted::Held(held) => return Ok(Some(told("held", held.sentence().to_owned()))),
            Wanted::Unknown(why) => {
                let sentence = format!("{}: {why}", name_of(record));
                return Ok(Some(told("unknown", sentence)));
            }
        };
        let mut found = Vec::new();
        for (step, wanted) in requests {
            let standing = record.step(step).map(|step| step.request.as_str());
            let kept = self.on.ledger.sent(&record.key, step).await?;
            let kept = kept.filter(|sent| standing == Some(digest(sent).as_str()));
            match kept.and_then(|sent| rebookings(&sent, &wanted)) {
                Some(more) => found.extend(more),
                None => {
                    let sentence =
                        format!("{}: what was sent of it is not on record.", name_of(record));
                    return Ok(Some(told("unknown", sentence)));
                }
            }
        }
        if found.is_empty() {
            return Ok(None);
        }
        add_up(record, &found, sums);
        Ok(Some(told("differs", in_words(record, &found))))
    }
}

fn changed() -> Wanted {
    Wanted::Unknown(
        "it was changed in FreshBooks since, and is brought up to date anyway.".to_owned(),
    )
}

/// Each document counts once for each move, with all its money.
fn add_up(record: &Record, found: &[Rebooking], sums: &mut Sums) {
    let total = record.total.as_deref().and_then(|total| total.parse().ok());
    let total: Decimal = total.unwrap_or_default();
    let mut of_record: BTreeMap<_, Decimal> = BTreeMap::new();
    for one in found {
        let way = Way {
            what: one.what,
            kind: record.key.kind.to_string(),
            from: one.from.clone(),
            to: one.to.clone(),
            currency: record.currency.clone().unwrap_or_default(),
        };
        match one.amount {
            Some(amount) => *of_record.entry(way).or_default() += amount,
            // Header and invoice may both say the same of the whole document.
            None => {
                of_record.insert(way, total);
            }
        }
    }
    for (way, amount) in of_record {
        let sum = sums.entry(way).or_default();
        sum.0 += amount;
        sum.1 += 1;
    }
}

fn moved((way, (total, count)): (Way, (Decimal, usize))) -> Move {
    Move {
        what: name(way.what),
        kind: way.kind,
        from: way.from,
        to: way.to,
        currency: way.currency,
        total: total.to_string(),
        count,
    }
}

fn in_words(record: &Record, found: &[Rebooking]) -> String {
    let mut words: Vec<String> = Vec::new();
    for one in found {
        let said = |text: &str| match text {
            "" => "none".to_owned(),
            text => format!("`{text}`"),
        };
        let word = format!(
            "{} {} instead of {}",
            name(one.what).replace('_', " "),
            said(&one.to),
            said(&one.from)
        );
        if !words.contains(&word) {
            words.push(word);
        }
    }
    format!("{} would have {}.", name_of(record), words.join(", "))
}

fn name(what: Booked) -> &'static str {
    match what {
        Booked::Account => "account",
        Booked::TaxRule => "tax_rule",
        Booked::Product => "product",
        Booked::Location => "location",
        Booked::Customer => "customer",
        Booked::Terms => "terms",
        Booked::Rate => "rate",
        Booked::Lines => "lines",
    }
}
