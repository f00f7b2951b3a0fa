//! What nobody has confirmed about journals and money operations.

/// What becomes of a POST that asks for `COMPLETED` at once (docs/cin7-api.md, journals and expenses).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Completion {
    /// It is completed, as the field tables have it.
    #[default]
    AtOnce,
    /// It is stored as `DRAFT`, and the answer is 200; a PUT completes it.
    AsDraft,
    /// It is refused; a draft has to be posted and completed with a PUT.
    Refused,
}

/// What the notes mark *unconfirmed* about journals and money operations, one named switch each.
///
/// A default is what a careful client has to reckon with: in doubt the request is refused.
#[derive(Debug, Clone, Default)]
pub struct LedgerQuirks {
    /// `POST /journal` with `COMPLETED`.
    pub journal_completion: Completion,
    /// `POST /moneyOperation` with `COMPLETED`.
    pub money_completion: Completion,
    /// Journals may touch the receivable and the payable account.
    pub journals_reach_receivable_and_payable: bool,
    /// Journals may not touch any other system account either.
    pub journals_stay_off_system_accounts: bool,
    /// Journals may be in another currency than the base currency.
    pub journals_in_foreign_currency: bool,
    /// Journals are taken although an accounting system is attached.
    pub journals_beside_attached_accounting: bool,
    /// `BankAccount` of a money operation is the bank's number of the account, not its code.
    pub bank_account_by_number: bool,
    /// A line of a money operation names `TaxRule` and `Account`, as the field table has it; not
    /// `TaxRuleName` and `AccountCode`, as every sample has it.
    pub money_lines_named_by_the_table: bool,
    /// `TotalAmount` of `moneyTaskList` leaves tax out.
    pub money_list_leaves_tax_out: bool,
    /// Documents of every kind are taken although they are dated on or before the lock date.
    pub locked_periods_are_open: bool,
    /// `FromDate` and `ToDate` of `/transactions` belong to the period themselves.
    pub transaction_bounds_are_inclusive: bool,
}
