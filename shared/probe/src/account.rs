//! What steps are made from: a customer and a supplier of their own, and what of the account's books they name.

use std::time::Duration;

use cin7::{NewCustomer, Product, ProductKind, PurchaseCharge, SaleLine, TaxRule};
use clock::later;
use connections::Error;
use freshbooks::Client;
use jiff::Timestamp;
use mapping::{Facts, Settings, WantedSupplier, plan_customer, plan_supplier};
use money::{Currency, Decimal, cents};
use serde::{Deserialize, Serialize};

use crate::progress::ThingKind;
use crate::sitting::{Sitting, Stop, failed, unsettled};

/// An account that holds more sales than this is taken for one that is in use: a trial has a handful.
pub(crate) const FEW_SALES: usize = 50;

/// How long a reading of the account serves.
const FRESH: Duration = Duration::from_secs(3600);

/// What steps are made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) company: String,
    pub(crate) customer_id: String,
    pub(crate) location: String,
    product_id: String,
    sku: String,
    product: String,
    pub(crate) revenue_account: Option<String>,
    pub(crate) payment_account: Option<String>,
    /// A sale tax rule that takes something, with its percentage.
    pub(crate) taxed: Option<(String, Decimal)>,
    /// The tax rule of lines that are not about tax, with its percentage: 0 where there is such a rule.
    plain: (String, Decimal),
    /// The base currency.
    pub(crate) currency: Currency,
    /// Two accounts that anything may be booked between.
    pub(crate) ordinary: Option<[String; 2]>,
    /// A purchase tax rule with its percentage: 0 where there is such a rule.
    pub(crate) purchase_rule: Option<(String, Decimal)>,
    /// What the supplier is made with; none where the account lacks something of it.
    #[serde(default)]
    pub(crate) supplier: Option<SupplierToBe>,
    /// Cin7's id of the supplier, once a step needed one.
    #[serde(default)]
    pub(crate) supplier_id: Option<String>,
    read_at: Timestamp,
}

/// What a supplier has to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SupplierToBe {
    pub(crate) payment_term: String,
    pub(crate) payable_account: String,
    pub(crate) tax_rule: String,
}

impl Account {
    /// A line of the service product that is not about tax.
    pub(crate) fn line(&self, quantity: Decimal, price: Decimal) -> SaleLine {
        let (rule, percent) = &self.plain;
        let net = cents(quantity * price);
        let tax = cents(net * percent / Decimal::ONE_HUNDRED);
        SaleLine {
            product_id: self.product_id.clone(),
            sku: self.sku.clone(),
            name: self.product.clone(),
            quantity,
            price,
            discount: Decimal::ZERO,
            tax,
            total: net,
            tax_rule: rule.clone(),
            account: self.revenue_account.clone(),
            comment: String::new(),
        }
    }

    /// A charge of 1.00 for the service product, and the rule's tax on it; none where the account lacks an
    /// account for what is spent or a tax rule.
    pub(crate) fn charge(&self) -> Option<PurchaseCharge> {
        let (rule, percent) = self.purchase_rule.as_ref()?;
        let [spent_on, _] = self.ordinary.as_ref()?;
        Some(PurchaseCharge {
            description: self.product.clone(),
            reference: String::new(),
            quantity: Decimal::ONE,
            price: Decimal::ONE,
            discount: Decimal::ZERO,
            tax: cents(percent / Decimal::ONE_HUNDRED),
            total: Decimal::ONE,
            tax_rule: rule.clone(),
            account: spent_on.clone(),
        })
    }
}

/// Reads the account and makes the probe's own customer, unless that was done within the hour. Nothing
/// is made in an account that is in use, unless the person names its company.
pub(crate) async fn ready(
    sitting: &mut Sitting<'_>,
    settings: &Settings,
    even_though: Option<&str>,
) -> Result<(), Stop> {
    let known = sitting.progress.account.as_ref();
    if known.is_some_and(|known| later(known.read_at, FRESH) > sitting.now()) {
        return Ok(());
    }
    let customer_id = known.map(|known| known.customer_id.clone());
    let supplier_id = known.and_then(|known| known.supplier_id.clone());
    let reader = sitting.writer.reader().clone();
    let read = async {
        Ok::<_, cin7::Error>((
            reader.company().await?,
            reader.count_sales().await?,
            reader.books().await?,
            reader.products().await?,
        ))
    };
    let (company, sales, books, products) =
        read.await.map_err(|error| Stop::Failed(failed(error)))?;
    let ours = usize::try_from(sitting.progress.made).unwrap_or(usize::MAX);
    in_use(&company.name, sales.saturating_sub(ours), even_though)?;
    if let Some(lock) = company.lock_date.filter(|lock| *lock >= sitting.today()) {
        return Err(invalid(format!(
            "The books of {} are locked up to and including {lock}, so nothing can be dated today; nothing was made.",
            company.name
        )));
    }
    let facts = Facts {
        company: &company,
        books: &books,
        products: &products,
    };
    let mut account = chosen(settings, &facts, sitting.now())?;
    account.customer_id = match customer_id {
        Some(id) => id,
        None => customer(sitting, settings, &facts).await?,
    };
    account.supplier_id = supplier_id;
    sitting.progress.account = Some(account);
    sitting.save().await?;
    Ok(())
}

/// What the settings name for the account that expenses are paid from, as they spell it.
pub(crate) fn bank_number(settings: &Settings) -> Option<String> {
    let named = settings.payments.get("expense");
    named.map(str::to_owned)
}

fn in_use(company: &str, sales: usize, even_though: Option<&str>) -> Result<(), Stop> {
    if sales <= FEW_SALES || even_though.is_some_and(|named| named.trim() == company.trim()) {
        return Ok(());
    }
    Err(invalid(format!(
        "{company} holds {sales} sales, so it is taken for an account in use and nothing was made: run the \
         probe on a trial account, or name the company exactly in `even_though` to run it here all the same."
    )))
}

fn invalid(sentence: String) -> Stop {
    Stop::Failed(Error::Invalid(sentence))
}

/// What of the books the steps name; the customer is not known yet.
fn chosen(settings: &Settings, facts: &Facts<'_>, now: Timestamp) -> Result<Account, Stop> {
    let product = service(settings, facts.products)?;
    let location = settings.location.clone().or_else(|| {
        let first = facts.books.locations.first();
        first.cloned()
    });
    let location = location.ok_or_else(|| {
        invalid("Cin7 has no location, and every sale needs one; add one there.".to_owned())
    })?;
    let mut rules = rules(facts, |rule| rule.for_sale);
    let plain = rules.first().cloned().ok_or_else(|| {
        invalid("Cin7 has no active tax rule for sales; add one there.".to_owned())
    })?;
    let purchase_rules = self::rules(facts, |rule| rule.for_purchase);
    Ok(Account {
        company: facts.company.name.clone(),
        customer_id: String::new(),
        location,
        product_id: product.id.clone(),
        sku: product.sku.clone(),
        product: product.name.clone(),
        revenue_account: settings.sales.revenue_account.clone(),
        payment_account: payment_account(settings, facts),
        taxed: rules.pop().filter(|(_, percent)| !percent.is_zero()),
        plain,
        currency: facts.company.currency,
        ordinary: ordinary(facts),
        purchase_rule: purchase_rules.into_iter().next(),
        supplier: supplier(settings, facts),
        supplier_id: None,
        read_at: now,
    })
}

/// What a supplier is made with, as for a vendor of FreshBooks.
fn supplier(settings: &Settings, facts: &Facts<'_>) -> Option<SupplierToBe> {
    let settings = Settings {
        create_suppliers: true,
        ..settings.clone()
    };
    let wanted = WantedSupplier {
        name: "ZZ-PROBE".to_owned(),
        contact: String::new(),
        email: String::new(),
        phone: String::new(),
        origin: String::new(),
    };
    let planned = plan_supplier(&wanted, facts.company.currency, &settings, facts).ok()?;
    Some(SupplierToBe {
        payment_term: planned.payment_term,
        payable_account: planned.account_payable,
        tax_rule: planned.tax_rule,
    })
}

/// The active tax rules of one side, those that take least first.
fn rules(facts: &Facts<'_>, of_side: impl Fn(&TaxRule) -> bool) -> Vec<(String, Decimal)> {
    let rules = facts.books.taxes.iter();
    let mut rules: Vec<(String, Decimal)> = rules
        .filter(|rule| rule.active && of_side(rule))
        .filter_map(|rule| Some((rule.name.clone(), rule.percent?)))
        .collect();
    rules.sort_by_key(|(_, percent)| *percent);
    rules
}

/// An account for what is spent and one for what is earned: journals may not reach all others
/// (docs/cin7-api.md, journals).
fn ordinary(facts: &Facts<'_>) -> Option<[String; 2]> {
    let of_class = |class: &str| {
        let mut accounts = facts.books.accounts.iter();
        let found = accounts.find(|account| {
            let is_other = account.for_payments || account.receivable || account.payable;
            account.active && !is_other && account.class.trim().eq_ignore_ascii_case(class)
        });
        found.map(|account| account.code.clone())
    };
    Some([of_class("EXPENSE")?, of_class("REVENUE")?])
}

/// The default product, if it is a service, else any service.
fn service<'p>(settings: &Settings, products: &'p [Product]) -> Result<&'p Product, Stop> {
    let is_default = |product: &&Product| {
        let named = settings.sales.default_product.as_deref();
        named.is_some_and(|sku| sku.eq_ignore_ascii_case(&product.sku))
    };
    let services = || {
        let active = products.iter().filter(|product| product.active);
        active.filter(|product| product.kind == ProductKind::Service)
    };
    let found = services().find(is_default).or_else(|| services().next());
    found.ok_or_else(|| {
        invalid(
            "Cin7 has no active product of the kind Service, and the probe's sales need one; make one there."
                .to_owned(),
        )
    })
}

/// The account that the settings name, else any for payments in the base currency.
fn payment_account(settings: &Settings, facts: &Facts<'_>) -> Option<String> {
    let base = facts.company.currency;
    let mut accounts = facts.books.accounts.iter().filter(|account| {
        let here = account.currency.is_none_or(|currency| currency == base);
        account.active && account.for_payments && here
    });
    let named = settings.payments.get_or_default("default");
    let is_named = |code: &str| named.is_some_and(|named| named == code);
    let codes: Vec<&str> = accounts
        .by_ref()
        .map(|account| account.code.as_str())
        .collect();
    let found = codes.iter().find(|code| is_named(code)).or(codes.first());
    found.map(|code| (*code).to_owned())
}

/// Makes the customer of all the probe's sales.
async fn customer(
    sitting: &mut Sitting<'_>,
    settings: &Settings,
    facts: &Facts<'_>,
) -> Result<String, Stop> {
    let settings = Settings {
        create_customers: true,
        ..settings.clone()
    };
    let client = |name: &str| Client {
        id: name.to_owned(),
        name: name.to_owned(),
        contact: String::new(),
        email: String::new(),
        phone: String::new(),
        currency: None,
    };
    let planned = plan_customer(
        &client("ZZ-PROBE"),
        facts.company.currency,
        &settings,
        facts,
    );
    let planned = planned.map_err(|held| invalid(held.sentence().to_owned()))?;
    let name = sitting
        .about_to_make(ThingKind::Customer, "customer")
        .await?;
    let new = NewCustomer {
        name: name.clone(),
        comments: "Made by the connector's probe; it may be deprecated.".to_owned(),
        ..planned
    };
    let answered = sitting.writer.create_customer(&new).await;
    let made = sitting
        .made(&name, |made: &cin7::Customer| made.id.clone(), answered)
        .await?;
    made.map(|made| made.id)
        .map_err(|words| unsettled("a customer for the probe", &words))
}
