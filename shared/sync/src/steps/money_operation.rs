//! Money spent or received without a purchase or a sale; its mark is `Reference`.

use cin7::{
    Echo, EntryStatus, Error, MoneyLineNames, MoneyOperation, MoneyTaskRow, NewMoneyOperation,
    Reader, ShownEntry, Writer, money_operation_request, money_operation_update_request,
    void_money_operation_request,
};
use ledger::Record;
use money::Decimal;

use super::entry::{Entry, Standing};
use super::journal::standing;

impl From<MoneyOperation> for Standing {
    fn from(operation: MoneyOperation) -> Self {
        Self {
            id: operation.task_id,
            number: None,
            status: operation.status,
            total: operation.total,
        }
    }
}

/// Whether a row's total is with tax is unconfirmed, so it is not taken (docs/cin7-api.md, expenses).
impl From<MoneyTaskRow> for Standing {
    fn from(row: MoneyTaskRow) -> Self {
        Self {
            id: row.task_id,
            number: None,
            status: row.status,
            total: None,
        }
    }
}

impl Entry for NewMoneyOperation {
    const NOUN: &'static str = "money operation";
    const MADE: &'static str = "money operation";
    const COMPLETED: &'static str = "money operation completion";
    const VOIDED: &'static str = "money operation void";
    const DAY: &'static str = "Date";

    fn mark(&self) -> &str {
        &self.reference
    }

    fn marked_as(self, mark: String) -> Self {
        Self {
            reference: mark,
            ..self
        }
    }

    fn status(&self) -> EntryStatus {
        self.status
    }

    fn with_status(self, status: EntryStatus) -> Self {
        Self { status, ..self }
    }

    fn total(&self) -> Decimal {
        self.lines.iter().map(|line| line.total + line.tax).sum()
    }

    fn request(&self) -> String {
        money_operation_request(self)
    }

    fn update_request(&self, id: &str) -> String {
        money_operation_update_request(id, self)
    }

    fn void_request(id: &str) -> String {
        void_money_operation_request(id)
    }

    fn id(record: &mut Record) -> &mut Option<String> {
        &mut record.cin7.money_operation_id
    }

    async fn marked(reader: &Reader, mark: &str) -> Result<Vec<Standing>, Error> {
        let rows = reader.money_operations_referenced(mark).await?;
        Ok(rows.into_iter().map(Standing::from).collect())
    }

    async fn shown(reader: &Reader, id: &str) -> Result<Option<ShownEntry>, Error> {
        reader.shown_money_operation(id).await
    }

    async fn create(&self, writer: &Writer) -> Result<Echo<Standing>, Error> {
        let answered = match writer.create_money_operation(self).await {
            Err(Error::Refused(words)) if names_fields(&words) => {
                let other = otherwise_named(self);
                refused_before(words, writer.create_money_operation(&other).await)
            }
            answered => answered,
        };
        answered.map(standing)
    }

    async fn update(&self, writer: &Writer, id: &str) -> Result<Echo<Standing>, Error> {
        let answered = match writer.update_money_operation(id, self).await {
            Err(Error::Refused(words)) if names_fields(&words) => {
                let other = otherwise_named(self);
                refused_before(words, writer.update_money_operation(id, &other).await)
            }
            answered => answered,
        };
        answered.map(standing)
    }

    async fn void(writer: &Writer, id: &str) -> Result<Echo<Standing>, Error> {
        Ok(standing(writer.void_money_operation(id).await?))
    }
}

/// Whether a refusal is about what tax rule and account of a line are called.
fn names_fields(words: &str) -> bool {
    let words = words.to_lowercase();
    ["taxrule", "tax rule", "account"]
        .iter()
        .any(|field| words.contains(field))
}

/// Where both ways are refused, the words about the usual one are told.
fn refused_before<T>(words: String, second: Result<T, Error>) -> Result<T, Error> {
    match second {
        Err(Error::Refused(_)) => Err(Error::Refused(words)),
        answered => answered,
    }
}

/// Table and samples of the reference name two fields of a line differently: where one way is refused,
/// and so certainly not applied, the other is tried (docs/cin7-api.md, expenses).
fn otherwise_named(operation: &NewMoneyOperation) -> NewMoneyOperation {
    NewMoneyOperation {
        line_names: match operation.line_names {
            MoneyLineNames::Samples => MoneyLineNames::Table,
            MoneyLineNames::Table => MoneyLineNames::Samples,
        },
        ..operation.clone()
    }
}
