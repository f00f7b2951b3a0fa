//! One Cin7 account, one set of settings, and invoices to vary.

use std::fmt::Write;

use cin7::{Account, Books, Company, PaymentTerm, Product, ProductKind, SaleLine, TaxRule};
use freshbooks::{Client, Discount, Invoice, Line, LineTax, Payment, Stage, Visibility};
use mapping::{Facts, Held, SalePlan, Settings, plan_sale};
use money::{Currency, Decimal, Money};

pub(crate) const MARK: &str = "freshbooks:lbZ4Kq:invoice:987654";

pub(crate) const SETTINGS: &str = r#"
start_date = "2026-01-01"
location = "Main Warehouse"
create_customers = true

[sales]
default_product = "FB-SERVICE"
revenue_account = "200"

[products]
"Workshop" = "FB-DAY"

[taxes]
"HST 13" = "HST 13"
"GST 5 + QST 9.975" = "GST/QST"
"none" = "Tax Exempt"

[terms]
30 = "30 days"

[rates]
EUR = [{ from = "2026-01-01", rate = "1.08345" }, { from = "2026-02-01", rate = 1.1 }]
JPY = [{ from = "2026-01-01", rate = "0.0067" }]
"#;

pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

/// The Cin7 account, to be varied before it is lent out as [`Facts`].
pub(crate) struct World {
    pub settings: Settings,
    pub company: Company,
    pub books: Books,
    pub products: Vec<Product>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            settings: Settings::parse(SETTINGS).unwrap(),
            company: company(),
            books: books(),
            products: vec![
                product("FB-SERVICE", "Imported service", ProductKind::Service),
                product("FB-DAY", "Training day", ProductKind::Service),
                product("WID-1", "Widget", ProductKind::Stock),
            ],
        }
    }

    /// The same account with other settings.
    pub(crate) fn with_settings(toml: &str) -> Self {
        Self {
            settings: Settings::parse(toml).unwrap(),
            ..Self::new()
        }
    }

    pub(crate) fn facts(&self) -> Facts<'_> {
        Facts {
            company: &self.company,
            books: &self.books,
            products: &self.products,
        }
    }

    pub(crate) fn plan(&self, invoice: &Invoice) -> Result<SalePlan, Held> {
        plan_sale(invoice, &self.settings, &self.facts(), MARK)
    }

    /// The plan as text, a line for each thing.
    pub(crate) fn shown(&self, invoice: &Invoice) -> String {
        shown(&self.plan(invoice).unwrap())
    }

    /// Why an invoice is held: its kind and name, then the sentence.
    pub(crate) fn held(&self, invoice: &Invoice) -> String {
        shown_held(&self.plan(invoice).unwrap_err())
    }
}

fn company() -> Company {
    Company {
        name: "Example Ltd".to_owned(),
        currency: currency("USD"),
        time_zone: "America/Toronto".to_owned(),
        lock_date: None,
        default_sale_tax_rule: Some("HST 13".to_owned()),
        applies_discounts: false,
        tax_calculation: "Total".to_owned(),
    }
}

fn books() -> Books {
    Books {
        accounts: vec![
            account("200", "REVENUE"),
            account("090", "ASSET"),
            Account {
                receivable: true,
                ..account("610", "ASSET")
            },
        ],
        taxes: vec![
            rule("HST 13", "13"),
            rule("GST/QST", "14.975"),
            rule("GST on PST", "12.35"),
            rule("Tax Exempt", "0"),
        ],
        terms: vec![
            term("14 days", 14, "number of days"),
            PaymentTerm {
                default: true,
                ..term("30 days", 30, "number of days")
            },
            term("15th of next month", 15, "day of next month"),
        ],
        locations: vec!["Main Warehouse".to_owned(), "Second Shop".to_owned()],
    }
}

pub(crate) fn account(code: &str, class: &str) -> Account {
    Account {
        code: code.to_owned(),
        name: format!("Account {code}"),
        class: class.to_owned(),
        active: true,
        for_payments: false,
        receivable: false,
        payable: false,
        currency: None,
    }
}

fn rule(name: &str, percent: &str) -> TaxRule {
    TaxRule {
        name: name.to_owned(),
        percent: Some(dec(percent)),
        active: true,
        for_sale: true,
        for_purchase: false,
    }
}

fn term(name: &str, duration: i64, method: &str) -> PaymentTerm {
    PaymentTerm {
        name: name.to_owned(),
        duration,
        method: method.to_owned(),
        active: true,
        default: false,
    }
}

pub(crate) fn product(sku: &str, name: &str, kind: ProductKind) -> Product {
    Product {
        id: format!("id-of-{sku}"),
        sku: sku.to_owned(),
        name: name.to_owned(),
        kind,
        active: true,
        sellable: true,
    }
}

/// Two hours of consulting at 50.00, untaxed, in USD.
pub(crate) fn invoice() -> Invoice {
    Invoice {
        id: "987654".to_owned(),
        number: "0000042".to_owned(),
        client_id: "202155".to_owned(),
        client_name: "Client Co".to_owned(),
        issued_on: "2026-01-05".parse().unwrap(),
        due_on: "2026-02-04".parse().unwrap(),
        due_offset_days: 30,
        currency: currency("USD"),
        total: Money::new(dec("100.00"), currency("USD")),
        discount: Discount {
            percent: Decimal::ZERO,
            amount: None,
        },
        lines: vec![line("Consulting", "2", "50.00")],
        stage: Stage::Issued,
        visibility: Visibility::Active,
        version: "2026-01-05 11:02:10.123456".to_owned(),
    }
}

/// The invoice with other lines and another total.
pub(crate) fn invoice_of(lines: Vec<Line>, total: &str) -> Invoice {
    let total = Money::new(dec(total), currency("USD"));
    Invoice {
        lines,
        total,
        ..invoice()
    }
}

/// An untaxed line whose amount is quantity times price.
pub(crate) fn line(name: &str, quantity: &str, unit_cost: &str) -> Line {
    Line {
        name: name.to_owned(),
        description: String::new(),
        quantity: dec(quantity),
        unit_cost: dec(unit_cost),
        amount: money::cents(dec(quantity) * dec(unit_cost)),
        taxes: Vec::new(),
        compounded: false,
        expense_id: None,
    }
}

/// The line with taxes, `("HST", "13")` each.
pub(crate) fn taxed(line: Line, taxes: &[(&str, &str)]) -> Line {
    let tax = |(name, percent): &(&str, &str)| LineTax {
        name: (*name).to_owned(),
        percent: dec(percent),
    };
    Line {
        taxes: taxes.iter().map(tax).collect(),
        ..line
    }
}

pub(crate) fn client() -> Client {
    Client {
        id: "202155".to_owned(),
        name: "Acme LLC".to_owned(),
        contact: "Jo Doe".to_owned(),
        email: "jo@example.com".to_owned(),
        phone: String::new(),
        currency: None,
    }
}

/// 101.70 USD by check for the invoice.
pub(crate) fn payment() -> Payment {
    Payment {
        id: "445566".to_owned(),
        invoice_id: Some("987654".to_owned()),
        amount: Money::new(dec("101.70"), currency("USD")),
        paid_on: "2026-01-20".parse().unwrap(),
        kind: "Check".to_owned(),
        from_credit: false,
        overpayment_id: None,
        version: "2026-01-20 12:48:44".to_owned(),
    }
}

pub(crate) fn shown_held(held: &Held) -> String {
    match held {
        Held::Waiting { setting, sentence } => format!("waiting for {setting}\n{sentence}"),
        Held::Attention { sentence } => format!("attention\n{sentence}"),
        Held::Skipped { rule, sentence } => format!("skipped by {rule}\n{sentence}"),
    }
}

fn shown(plan: &SalePlan) -> String {
    let header = plan.header("id-of-customer");
    assert_eq!(plan.order.lines, plan.invoice.lines);
    let mut text = format!(
        "{} to {}, {} at {}, terms {}, tax rule {}, account {}\n",
        header.external_id,
        header.customer_id,
        header.date,
        header.location,
        header.terms.as_deref().unwrap_or("-"),
        header.tax_rule.as_deref().unwrap_or("-"),
        header.default_account.as_deref().unwrap_or("-"),
    );
    let _infallible = writeln!(
        text,
        "{} · {} · due {}, rate {} / {}, total {}",
        header.customer_reference,
        plan.invoice.memo,
        plan.invoice.due,
        header.currency_rate,
        plan.invoice.currency_rate,
        plan.total,
    );
    assert_eq!(header.note, plan.invoice.memo);
    for line in &plan.invoice.lines {
        text += &shown_line(line);
    }
    text
}

fn shown_line(line: &SaleLine) -> String {
    format!(
        "{} × {} - {} % = {} + {} {} | {} {} account {} | {}\n",
        line.quantity,
        line.price,
        line.discount,
        line.total,
        line.tax,
        line.tax_rule,
        line.sku,
        line.name,
        line.account.as_deref().unwrap_or("-"),
        line.comment,
    )
}
