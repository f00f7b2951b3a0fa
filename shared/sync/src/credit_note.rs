//! FreshBooks' credit notes: seen, and left to a person.
//!
//! A credit note in Cin7 stands on one invoice (docs/cin7-api.md, sale payments and credit notes), and
//! FreshBooks does not say which invoice one of its own is for.

use freshbooks::{CreditKind, CreditNote, Shown, Stage};
use ledger::audit::Draft;
use mapping::credit_note_hash;

use crate::fetch;
use crate::look::deleted;
use crate::stop::Stop;
use crate::work::Work;

pub(crate) async fn look(work: &mut Work<'_>) -> Result<(), Stop> {
    let note = match fetch::credit_note(work).await? {
        None => return fetch::gone(work).await,
        Some(Shown::Deleted { .. }) => return deleted(work).await,
        Some(Shown::Standing(note)) => note,
    };
    work.describe_amount(note.total, note.issued_on);
    work.record.number = Some(note.number.clone()).filter(|number| !number.is_empty());
    work.record.told_deleted = false;
    work.saw(&credit_note_hash(&note), &note.version);
    work.note(
        Draft::new("fetched")
            .with("version", &note.version)
            .with("total", note.total.to_string()),
    );
    Err(left_to_a_person(work, &note))
}

fn left_to_a_person(work: &Work<'_>, note: &CreditNote) -> Stop {
    let subject = work.subject();
    if note.stage == Stage::Draft {
        return Stop::Wait {
            what: "freshbooks:sent".to_owned(),
            sentence: format!(
                "{subject} is a draft in FreshBooks; it is looked at again when it is sent."
            ),
        };
    }
    let start = work
        .settings
        .start_date
        .filter(|&start| note.issued_on < start);
    if let Some(start) = start {
        return Stop::Skip {
            rule: "start_date".to_owned(),
            sentence: format!(
                "{subject} is dated {}, before the start date {start}, and stays out.",
                note.issued_on
            ),
        };
    }
    let total = note.total;
    Stop::Attention(match note.kind {
        CreditKind::Overpayment | CreditKind::Prepayment => format!(
            "{subject} of {total} is money that a client paid without an invoice for it, and in Cin7 a payment \
             belongs to an invoice. Nothing is posted; enter it there by hand as a credit of the customer."
        ),
        CreditKind::Goodwill | CreditKind::Other(_) => format!(
            "{subject} of {total} names no invoice, and a credit note in Cin7 stands on one. Nothing is posted; \
             enter it there by hand on the invoice that it is for."
        ),
    })
}
