//! Why a document's figures differ.

use std::fmt;

/// Why FreshBooks and Cin7 differ about a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// It is queued, being worked on, tried again, or was written a moment ago.
    OnItsWay,
    /// An answer of Cin7 was lost, and what was written is looked for.
    Uncertain,
    /// It waits for something named.
    Waiting(String),
    /// A person has to decide.
    Attention,
    /// The connector has not heard of it yet.
    NotHeardOf,
    /// FreshBooks changed it, and the connector has not heard of that yet.
    ChangedInFreshbooks,
    /// FreshBooks deleted it, and it stands in Cin7.
    DeletedInFreshbooks,
    /// FreshBooks made it a draft again, and it stands in Cin7.
    Draft,
    /// It is dated before the start date of the settings.
    BeforeStartDate,
    /// A credit was applied: no new money came in.
    CreditApplied,
    /// The bank's side of a bill payment: the money is in the bill payment.
    BankSideOfBillPayment,
    /// More was paid than was owed.
    Overpayment,
    /// Money that is tied to no document yet.
    Deposit,
    /// Another rule keeps it out.
    SkippedByRule,
    /// Documents of this kind do not cross: they are switched off, or left to people.
    NotSupported,
    /// FreshBooks shows it in a form that cannot be read.
    Unreadable,
    /// Cin7's copy is not as the connector left it.
    ChangedInCin7,
    /// Cin7's copy was voided there.
    VoidedInCin7,
    /// Cin7's copy is no longer there.
    MissingInCin7,
    /// It stands more than once in Cin7.
    Doubled,
    /// Entered in Cin7, on a document of ours, by a person.
    EnteredInCin7,
    /// The two sides date it in different months.
    OtherMonth,
    /// The two sides have it in different currencies.
    OtherCurrency,
    /// Cin7 rounds differently: some cents.
    Rounding,
    /// Debits and credits of a journal entry that meet on one Cin7 account are one amount there.
    Netted,
}

impl Cause {
    /// Its stable name, such as `on_its_way` or `waiting:settings.taxes."HST 13"`.
    #[must_use]
    pub fn name(&self) -> String {
        let name = match self {
            Self::OnItsWay => "on_its_way",
            Self::Uncertain => "uncertain",
            Self::Waiting(what) => return format!("waiting:{what}"),
            Self::Attention => "attention",
            Self::NotHeardOf => "not_heard_of",
            Self::ChangedInFreshbooks => "changed_in_freshbooks",
            Self::DeletedInFreshbooks => "deleted_in_freshbooks",
            Self::Draft => "draft",
            Self::BeforeStartDate => "before_start_date",
            Self::CreditApplied => "credit_applied",
            Self::BankSideOfBillPayment => "bank_side_of_bill_payment",
            Self::Overpayment => "overpayment",
            Self::Deposit => "deposit",
            Self::SkippedByRule => "skipped_by_rule",
            Self::NotSupported => "not_supported",
            Self::Unreadable => "unreadable",
            Self::ChangedInCin7 => "changed_in_cin7",
            Self::VoidedInCin7 => "voided_in_cin7",
            Self::MissingInCin7 => "missing_in_cin7",
            Self::Doubled => "doubled",
            Self::EnteredInCin7 => "entered_in_cin7",
            Self::OtherMonth => "other_month",
            Self::OtherCurrency => "other_currency",
            Self::Rounding => "rounding",
            Self::Netted => "netted",
        };
        name.to_owned()
    }

    /// What it means, in a few words for a table.
    #[must_use]
    pub fn meaning(&self) -> String {
        let words = match self {
            Self::OnItsWay => "on its way",
            Self::Uncertain => "an answer was lost, it is looked for in Cin7",
            Self::Waiting(what) => return format!("waits for {what}"),
            Self::Attention => "needs a person",
            Self::NotHeardOf => "not heard of by the connector",
            Self::ChangedInFreshbooks => "changed in FreshBooks, not heard of yet",
            Self::DeletedInFreshbooks => "deleted in FreshBooks, stands in Cin7",
            Self::Draft => "a draft in FreshBooks, stands in Cin7",
            Self::BeforeStartDate => "before the start date",
            Self::CreditApplied => "a credit applied, no new money",
            Self::BankSideOfBillPayment => "the bank's side of a bill payment",
            Self::Overpayment => "more paid than owed",
            Self::Deposit => "tied to no document yet",
            Self::SkippedByRule => "kept out by a rule",
            Self::NotSupported => "this kind does not cross",
            Self::Unreadable => "cannot be read",
            Self::ChangedInCin7 => "changed in Cin7",
            Self::VoidedInCin7 => "voided in Cin7",
            Self::MissingInCin7 => "no longer in Cin7",
            Self::Doubled => "more than once in Cin7",
            Self::EnteredInCin7 => "entered in Cin7 by a person",
            Self::OtherMonth => "dated in another month on the other side",
            Self::OtherCurrency => "in another currency on the other side",
            Self::Rounding => "rounding of Cin7",
            Self::Netted => "both sides of one Cin7 account, netted",
        };
        words.to_owned()
    }

    /// Whether it says that Cin7 is to blame: before it is believed, Cin7 and the ledger are asked about
    /// the one document once more.
    #[must_use]
    pub fn blames_cin7(&self) -> bool {
        matches!(
            self,
            Self::ChangedInCin7
                | Self::VoidedInCin7
                | Self::MissingInCin7
                | Self::OtherMonth
                | Self::OtherCurrency
                | Self::Rounding
        )
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}
