//! `[settings.cin7]`: what the documentation of Cin7 leaves open, one switch each (docs/probe.md).

use serde::Serialize;

use super::section::Section;

/// One switch for each behaviour that is unconfirmed; the default is the safe reading, under which
/// a document is posted right or held with a sentence, whichever way Cin7 turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one line of the settings that people read and write"
)]
pub struct Cin7Switches {
    /// Whether a line may have a quantity such as 2.5 or 0.5 (docs/cin7-api.md, numbers).
    pub fractional_quantities: bool,
    /// Whether a line may be worth less than nothing (docs/cin7-api.md, numbers).
    pub negative_lines: bool,
    /// Seconds after a lost reply until a document that is not found is believed absent
    /// (docs/cin7-api.md, read-after-write lag).
    pub settle_seconds: u32,
    /// How a posted invoice is taken back to a draft.
    pub undo: Undo,
    /// Whether the type of a payment is spelt `PAYMENT` instead of `Payment`
    /// (docs/cin7-api.md, sale payments).
    pub payment_type_in_capitals: bool,
    /// Whether an invoice of services alone becomes a service sale, which has no order and so costs a
    /// call less (docs/cin7-api.md, sale types).
    pub service_sales: bool,
    /// Whether the total of a line is sent with its tax (docs/cin7-api.md, line totals).
    pub line_total_with_tax: bool,
    /// Whether Cin7 computes the tax of a line by itself (docs/cin7-api.md, line totals).
    pub recomputes_tax: bool,
    /// Whether a line that matches no product may be an additional charge
    /// (docs/cin7-api.md, sale invoice).
    pub free_text_charges: bool,
    /// Which task the invoice of a simple sale is posted to.
    pub invoice_task: InvoiceTask,
    /// Whether the account has manual journals; with some attached accounting systems it has none
    /// (docs/cin7-api.md, journals).
    pub journals: bool,
    /// Whether a journal may be posted `COMPLETED` at once
    /// (docs/cin7-api.md, journals).
    pub journals_completed: bool,
    /// Whether a money operation may be posted `COMPLETED` at once
    /// (docs/cin7-api.md, expenses).
    pub money_completed: bool,
    /// What a money operation names its bank account by.
    pub bank_account_as: BankAccountAs,
    /// Whether a bill of charges alone becomes a service purchase
    /// (docs/cin7-api.md, purchases).
    pub service_purchases: bool,
    /// Which task the invoice of a purchase is posted to where the answer to the header does not show
    /// it.
    pub purchase_task: PurchaseTask,
}

/// What is taken back so that an invoice can be posted again (docs/cin7-api.md, sale invoice).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Undo {
    /// The whole sale, `DELETE /sale`; order and invoice are posted again.
    #[default]
    Sale,
    /// Its invoice alone, `DELETE /sale/invoice`, which the documentation has for advanced sales.
    Invoice,
}

/// The task of a simple sale's invoice (docs/cin7-api.md, sale invoice).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InvoiceTask {
    /// The sale's own id.
    #[default]
    Sale,
    /// The zero id: Cin7 names the task.
    New,
}

/// What a bank account is named by (docs/cin7-api.md, expenses).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BankAccountAs {
    /// Its code in the chart of accounts.
    #[default]
    Code,
    /// The bank's number of it.
    Number,
}

/// The task of a purchase's invoice (docs/cin7-api.md, purchase invoice).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PurchaseTask {
    /// The purchase's own id.
    #[default]
    Purchase,
    /// The first group that the purchase shows.
    Group,
}

impl Default for Cin7Switches {
    fn default() -> Self {
        Self {
            fractional_quantities: false,
            negative_lines: false,
            settle_seconds: 60,
            undo: Undo::Sale,
            payment_type_in_capitals: false,
            service_sales: false,
            line_total_with_tax: false,
            recomputes_tax: false,
            free_text_charges: false,
            invoice_task: InvoiceTask::Sale,
            journals: true,
            journals_completed: false,
            money_completed: false,
            bank_account_as: BankAccountAs::Code,
            service_purchases: false,
            purchase_task: PurchaseTask::Purchase,
        }
    }
}

impl Cin7Switches {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let safe = Self::default();
        let undos = [("sale", Undo::Sale), ("invoice", Undo::Invoice)];
        let tasks = [("sale", InvoiceTask::Sale), ("new", InvoiceTask::New)];
        let accounts = [
            ("code", BankAccountAs::Code),
            ("number", BankAccountAs::Number),
        ];
        let groups = [
            ("purchase", PurchaseTask::Purchase),
            ("group", PurchaseTask::Group),
        ];
        let journals = section.flag("journals").unwrap_or(true);
        let mut flag = |key| section.flag(key).unwrap_or(false);
        Self {
            fractional_quantities: flag("fractional_quantities"),
            negative_lines: flag("negative_lines"),
            payment_type_in_capitals: flag("payment_type_in_capitals"),
            service_sales: flag("service_sales"),
            line_total_with_tax: flag("line_total_with_tax"),
            recomputes_tax: flag("recomputes_tax"),
            free_text_charges: flag("free_text_charges"),
            journals,
            journals_completed: flag("journals_completed"),
            money_completed: flag("money_completed"),
            service_purchases: flag("service_purchases"),
            settle_seconds: section
                .seconds("settle_seconds")
                .unwrap_or(safe.settle_seconds),
            undo: section.choice("undo", &undos).unwrap_or_default(),
            invoice_task: section.choice("invoice_task", &tasks).unwrap_or_default(),
            bank_account_as: section
                .choice("bank_account_as", &accounts)
                .unwrap_or_default(),
            purchase_task: section.choice("purchase_task", &groups).unwrap_or_default(),
        }
    }
}
