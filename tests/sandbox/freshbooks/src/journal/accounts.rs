//! The chart of accounts that every business begins with, and what people add to it.

/// The five types of account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountType {
    /// What the business has.
    Asset,
    /// What belongs to its owners.
    Equity,
    /// What it spends.
    Expense,
    /// What it earns.
    Income,
    /// What it owes.
    Liability,
}

impl AccountType {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Asset => "asset",
            Self::Equity => "equity",
            Self::Expense => "expense",
            Self::Income => "income",
            Self::Liability => "liability",
        }
    }
}

/// An account below one of those that came with the business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLedgerAccount {
    /// `Bank Fees`.
    pub name: String,
    /// Its own part of the number: `2`, where the account above it has `6000`.
    pub number: String,
    /// The number of the account above it: `6000`.
    pub parent_number: String,
}

/// One account.
#[derive(Debug, Clone)]
pub(super) struct LedgerAccount {
    /// `accountid` at the top, `sub_accountid` below.
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) account_type: AccountType,
    /// `None` at the top.
    pub(super) parent_id: Option<i64>,
    pub(super) came_with_the_business: bool,
    pub(super) is_active: bool,
}

impl LedgerAccount {
    /// The name of the account in the newer generation.
    pub(super) fn uuid(&self) -> String {
        format!("a11e0000-0000-4000-8000-{:012}", self.id)
    }
}

pub(super) const CASH: i64 = 21;
pub(super) const RECEIVABLE: i64 = 22;
pub(super) const PAYABLE: i64 = 23;
pub(super) const SALES_TAX: i64 = 24;
pub(super) const CUSTOMER_CREDIT: i64 = 25;
pub(super) const SALES: i64 = 27;
pub(super) const OTHER_INCOME: i64 = 28;
pub(super) const EXPENSES: i64 = 29;

/// Id, number, name and type of an account, with id and name of the one below it.
const FIRST: [(i64, &str, &str, AccountType, i64, &str); 9] = [
    (11, "1000", "Cash", AccountType::Asset, CASH, "Petty Cash"),
    (
        12,
        "1200",
        "Accounts Receivable",
        AccountType::Asset,
        RECEIVABLE,
        "Trade Receivables",
    ),
    (
        13,
        "2000",
        "Accounts Payable",
        AccountType::Liability,
        PAYABLE,
        "Trade Payables",
    ),
    (
        14,
        "2100",
        "Taxes Payable",
        AccountType::Liability,
        SALES_TAX,
        "Sales Tax",
    ),
    (
        15,
        "2200",
        "Customer Credits",
        AccountType::Liability,
        CUSTOMER_CREDIT,
        "Client Credit",
    ),
    (
        16,
        "3000",
        "Equity",
        AccountType::Equity,
        26,
        "Owner Investment",
    ),
    (17, "4000", "Revenue", AccountType::Income, SALES, "Sales"),
    (
        18,
        "4900",
        "Other Revenue",
        AccountType::Income,
        OTHER_INCOME,
        "Other Income",
    ),
    (
        19,
        "6000",
        "Operating Expenses",
        AccountType::Expense,
        EXPENSES,
        "General Expenses",
    ),
];

/// The accounts of one business.
#[derive(Debug)]
pub(crate) struct Chart(Vec<LedgerAccount>);

impl Default for Chart {
    fn default() -> Self {
        let accounts =
            FIRST
                .into_iter()
                .flat_map(|(id, number, name, account_type, below_id, below_name)| {
                    let account = |id, number: &str, name: &str, parent_id| LedgerAccount {
                        id,
                        name: name.to_owned(),
                        number: number.to_owned(),
                        account_type,
                        parent_id,
                        came_with_the_business: true,
                        is_active: true,
                    };
                    [
                        account(id, number, name, None),
                        account(below_id, "1", below_name, Some(id)),
                    ]
                });
        Self(accounts.collect())
    }
}

impl Chart {
    pub(super) fn get(&self, id: i64) -> Option<&LedgerAccount> {
        self.0.iter().find(|account| account.id == id)
    }

    pub(super) fn named(&self, name: &str) -> Option<&LedgerAccount> {
        self.0.iter().find(|account| account.name == name)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &LedgerAccount> {
        self.0.iter()
    }

    pub(super) fn tops(&self) -> impl Iterator<Item = &LedgerAccount> {
        self.0.iter().filter(|account| account.parent_id.is_none())
    }

    pub(super) fn below(&self, id: i64) -> impl Iterator<Item = &LedgerAccount> {
        let is_below = move |account: &&LedgerAccount| account.parent_id == Some(id);
        self.0.iter().filter(is_below)
    }

    /// Its number in full: `4000-1`.
    pub(super) fn full_number(&self, account: &LedgerAccount) -> String {
        let parent = account.parent_id.and_then(|id| self.get(id));
        parent.map_or_else(
            || account.number.clone(),
            |parent| format!("{}-{}", parent.number, account.number),
        )
    }

    /// Adds an account; nothing where there is no account of the parent's number.
    pub(crate) fn add(&mut self, id: i64, form: NewLedgerAccount) -> Option<i64> {
        let parent = self.tops().find(|top| top.number == form.parent_number)?;
        let account = LedgerAccount {
            id,
            name: form.name,
            number: form.number,
            account_type: parent.account_type,
            parent_id: Some(parent.id),
            came_with_the_business: false,
            is_active: true,
        };
        self.0.push(account);
        Some(id)
    }

    /// Takes an account out of use, or back.
    pub(crate) fn set_active(&mut self, id: i64, is_active: bool) -> bool {
        let account = self.0.iter_mut().find(|account| account.id == id);
        account.is_some_and(|account| {
            account.is_active = is_active;
            true
        })
    }

    /// The id of the account with this name.
    pub(crate) fn id_of(&self, name: &str) -> Option<i64> {
        self.named(name).map(|account| account.id)
    }

    /// How the newer generation calls an account.
    pub(crate) fn uuid_of(&self, id: i64) -> Option<String> {
        self.get(id).map(LedgerAccount::uuid)
    }
}
