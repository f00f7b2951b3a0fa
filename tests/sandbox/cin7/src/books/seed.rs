//! The books an account starts with.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Account, BankAccount, Bin, Books, Location, PaymentTerm, TaxComponent, TaxRule};

/// Code, name, type, class, name and code of the system account it serves as.
type AccountRow = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const ACCOUNTS: &[AccountRow] = &[
    ("090", "Business Bank Account", "BANK", "ASSET", "", ""),
    ("091", "Euro Bank Account", "BANK", "ASSET", "", ""),
    ("200", "Sales", "SALES", "REVENUE", "", ""),
    ("260", "Other Revenue", "REVENUE", "REVENUE", "", ""),
    (
        "310",
        "Cost of Goods Sold",
        "DIRECTCOSTS",
        "EXPENSE",
        "",
        "",
    ),
    ("400", "Advertising", "EXPENSE", "EXPENSE", "", ""),
    ("404", "Bank Fees", "EXPENSE", "EXPENSE", "", ""),
    ("420", "Fuel", "EXPENSE", "EXPENSE", "", ""),
    ("429", "General Expenses", "EXPENSE", "EXPENSE", "", ""),
    (
        "499",
        "Realised Currency Gains",
        "EXPENSE",
        "EXPENSE",
        "Realised gains",
        "REALISEDCURRENCYGAIN",
    ),
    (
        "610",
        "Accounts Receivable",
        "CURRENT",
        "ASSET",
        "Accounts receivable",
        "DEBTORS",
    ),
    ("611", "Other Debtors", "CURRENT", "ASSET", "", ""),
    ("630", "Inventory", "CURRENT", "ASSET", "", ""),
    (
        "800",
        "Accounts Payable",
        "CURRLIAB",
        "LIABILITY",
        "Accounts payable",
        "CREDITORS",
    ),
    (
        "820",
        "Sales Tax",
        "CURRLIAB",
        "LIABILITY",
        "Sales tax",
        "GST",
    ),
    (
        "860",
        "Rounding",
        "CURRLIAB",
        "LIABILITY",
        "Rounding",
        "ROUNDING",
    ),
    (
        "960",
        "Retained Earnings",
        "EQUITY",
        "EQUITY",
        "Retained earnings",
        "RETAINEDEARNINGS",
    ),
];

/// Name, active, for sales, for purchases, and the components' names and percentages.
type TaxRow = (
    &'static str,
    bool,
    bool,
    bool,
    &'static [(&'static str, u32)],
);

const TAX_RULES: &[TaxRow] = &[
    ("Tax on Sales", true, true, false, &[("Sales tax", 10)]),
    (
        "Tax on Purchases",
        true,
        false,
        true,
        &[("Purchase tax", 10)],
    ),
    ("Tax Exempt", true, true, true, &[("Exempt", 0)]),
    ("HST 13", true, true, true, &[("HST", 13)]),
    ("GST 5 + PST 7", true, true, true, &[("GST", 5), ("PST", 7)]),
    ("Old Tax on Sales", false, true, false, &[("Sales tax", 8)]),
];

/// Name, duration, method, active.
const PAYMENT_TERMS: &[(&str, u32, &str, bool)] = &[
    ("Due on receipt", 0, "number of days", true),
    ("15 days", 15, "number of days", true),
    ("30 days", 30, "number of days", true),
    ("60 days", 60, "number of days", false),
    ("15th of next month", 15, "day of next month", true),
    ("End of next month", 0, "last day of next month", true),
    (
        "10 days after month end",
        10,
        "days since the end of the month",
        true,
    ),
];

/// Name, deprecated, bins.
const LOCATIONS: &[(&str, bool, &[&str])] = &[
    ("Main Warehouse", false, &["A-1", "A-2", "B-1"]),
    ("Main Warehouse: Returns", false, &[]),
    ("Shop", false, &[]),
    ("Old Warehouse", true, &["Z-9"]),
];

impl Default for Books {
    fn default() -> Self {
        Self {
            accounts: accounts(),
            bank_accounts: vec![
                bank_account("090", "Business Bank Account", "USD"),
                bank_account("091", "Euro Bank Account", "EUR"),
            ],
            tax_rules: tax_rules(),
            payment_terms: payment_terms(),
            locations: locations(),
            categories: ["Services", "Goods"].map(Into::into).into(),
            units: ["Item", "Hour"].map(Into::into).into(),
            company_contacts: vec!["Robin Seller".into()],
        }
    }
}

fn id(of: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, of.as_bytes())
}

fn accounts() -> Vec<Account> {
    let seeded = ACCOUNTS
        .iter()
        .map(|(code, name, kind, class, system, system_code)| Account {
            code: (*code).into(),
            name: (*name).into(),
            kind: (*kind).into(),
            status: "ACTIVE".into(),
            class: (*class).into(),
            system_account: (!system.is_empty()).then(|| (*system).into()),
            system_account_code: (!system_code.is_empty()).then(|| (*system_code).into()),
            for_payments: *kind == "BANK",
            display_name: format!("{code}: {name}"),
            bank_account_id: (*kind == "BANK").then(|| id(code)),
            currency: match *code {
                "090" => Some("USD".into()),
                "091" => Some("EUR".into()),
                _ => None,
            },
            ..Account::default()
        });
    let archived = Account {
        code: "205".into(),
        name: "Sales of the Old Shop".into(),
        kind: "SALES".into(),
        status: "ARCHIVED".into(),
        class: "REVENUE".into(),
        display_name: "205: Sales of the Old Shop".into(),
        ..Account::default()
    };
    seeded.chain([archived]).collect()
}

fn bank_account(code: &str, name: &str, currency: &str) -> BankAccount {
    BankAccount {
        account_id: id(code),
        bank: "First Example Bank".into(),
        account_name: name.into(),
        account_number: format!("01-0000-{code}"),
        account_code: code.into(),
        currency: currency.into(),
        statement_balance: Decimal::ZERO,
        balance_in_dear: Decimal::ZERO,
        initial_balance: Decimal::ZERO,
    }
}

fn tax_rules() -> Vec<TaxRule> {
    let rule = |&(name, active, sale, purchase, parts): &TaxRow| TaxRule {
        id: id(name),
        name: name.into(),
        account: "820".into(),
        is_active: active,
        tax_inclusive: false,
        tax_percent: parts
            .iter()
            .map(|(_, percent)| Decimal::from(*percent))
            .sum(),
        is_tax_for_sale: sale,
        is_tax_for_purchase: purchase,
        components: parts
            .iter()
            .enumerate()
            .map(|(at, part)| component(name, at, part))
            .collect(),
    };
    TAX_RULES.iter().map(rule).collect()
}

fn component(rule: &str, at: usize, (name, percent): &(&str, u32)) -> TaxComponent {
    TaxComponent {
        id: id(&format!("{rule}/{name}")),
        name: (*name).into(),
        percent: Decimal::from(*percent),
        account_code: "820".into(),
        compound: "0".into(),
        component_order: (at + 1).to_string(),
    }
}

fn payment_terms() -> Vec<PaymentTerm> {
    let term = |(name, duration, method, active): &(&str, u32, &str, bool)| PaymentTerm {
        id: id(name),
        name: (*name).into(),
        duration: *duration,
        method: (*method).into(),
        is_active: *active,
        is_default: *name == "30 days",
    };
    PAYMENT_TERMS.iter().map(term).collect()
}

fn locations() -> Vec<Location> {
    let location = |&(name, deprecated, bins): &(&str, bool, &[&str])| Location {
        id: id(name),
        name: name.into(),
        is_default: name == "Main Warehouse",
        is_deprecated: deprecated,
        bins: bins
            .iter()
            .map(|bin| Bin {
                id: id(&format!("{name}/{bin}")),
                name: (*bin).into(),
            })
            .collect(),
    };
    LOCATIONS.iter().map(location).collect()
}
