//! `/sale`.

use super::header_fields::{fill, read_customer};
use super::record::{DocumentStatus, Header, Order, Sale, SaleType};
use super::{answer, newest, not_found, seen};
use crate::account::AccountState;
use crate::customers::Customer;
use crate::http::{Ask, Reply};
use crate::json::Fields;
use crate::refusal::{Problems, Refusal};

/// `GET /sale`.
pub(crate) fn read(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let id = ask.required_guid("ID")?;
    Ok(answer::sale(account, seen(account, ask, id)?))
}

/// `POST /sale`: the header only. An `ID` and lines are dropped like every unknown attribute.
pub(crate) fn create(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut problems = Problems::default();
    if !fields.has("CustomerID") && !fields.has("Customer") {
        problems.add("Required attribute Customer is not provided.");
    }
    problems.require(&fields, &["Location"]);
    problems.settle()?;
    let Some(customer) = read_customer(account, &fields)? else {
        return Err(not_found());
    };
    check_rate(account, &customer, &fields)?;
    let mut sale = blank(account, ask, &customer);
    sale.sale_type = read_type(account, &fields)?;
    fill(account, &mut sale, &fields)?;
    sale.order_number = format!("SO-{:05}", account.next_number("sale order"));
    Ok(store(account, ask, sale))
}

/// `PUT /sale`: what is left out stays, an empty text clears.
pub(crate) fn change(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let fields = ask.fields()?;
    let mut sale = newest(account, fields.guid("ID")?)?;
    if sale.voided {
        return Err(Refusal::invalid("Sale is VOIDED and cannot be changed"));
    }
    if let Some(customer) = read_customer(account, &fields)? {
        sale.header.customer_id = customer.id;
        sale.header.customer = customer.name;
        sale.currency = customer.currency;
    }
    fill(account, &mut sale, &fields)?;
    Ok(store(account, ask, sale))
}

/// `DELETE /sale`: undoes, or voids where `Void` is true; answers with the sale.
pub(crate) fn undo_or_void(account: &mut AccountState, ask: &Ask) -> Result<Reply, Refusal> {
    let void = ask.truth("Void")?.unwrap_or(false);
    let mut sale = newest(account, Some(ask.required_guid("ID")?))?;
    if sale.voided {
        return Err(Refusal::invalid("Sale is already VOIDED"));
    }
    if !void && account.options.quirks.refuses_sale_undo {
        return Err(Refusal::invalid("Sale cannot be undone"));
    }
    if !sale.payments.is_empty() && !account.options.quirks.undoes_paid_documents {
        return Err(Refusal::invalid(
            "Sale has payments and cannot be undone or voided",
        ));
    }
    sale.voided = void;
    let status = if void {
        DocumentStatus::Voided
    } else {
        DocumentStatus::Draft
    };
    if sale.order.status != DocumentStatus::NotAvailable {
        sale.order.status = status;
    }
    for invoice in &mut sale.invoices {
        if invoice.status != DocumentStatus::Voided {
            invoice.status = status;
        }
    }
    Ok(store(account, ask, sale))
}

fn store(account: &mut AccountState, ask: &Ask, mut sale: Sale) -> Reply {
    sale.updated = ask.at;
    let reply = answer::sale(account, &sale);
    account.put_sale(sale, ask.at);
    reply
}

/// A sale with the defaults that its customer gives.
fn blank(account: &mut AccountState, ask: &Ask, customer: &Customer) -> Sale {
    let header = Header {
        customer_id: customer.id,
        customer: customer.name.clone(),
        default_account: customer.revenue_account.clone(),
        tax_rule: customer.tax_rule.clone(),
        terms: customer.payment_term.clone(),
        price_tier: customer.price_tier.clone(),
        carrier: customer.carrier.clone(),
        currency_rate: 1.into(),
        ..Header::default()
    };
    Sale {
        id: account.next_id("sale"),
        order_number: String::new(),
        sale_type: SaleType::Simple,
        currency: customer.currency.clone(),
        tax_inclusive: false,
        header,
        order: Order::default(),
        invoices: Vec::new(),
        payments: Vec::new(),
        voided: false,
        created: ask.at,
        updated: ask.at,
    }
}

fn read_type(account: &AccountState, fields: &Fields) -> Result<SaleType, Refusal> {
    let quirks = &account.options.quirks;
    if quirks.honours_service_only && fields.truth("ServiceOnly")?.unwrap_or(false) {
        return Ok(SaleType::Service);
    }
    match fields
        .text("SaleType", 50)?
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "simple" => Ok(SaleType::Simple),
        "advanced" => Ok(SaleType::Advanced),
        "" if quirks.advanced_by_default => Ok(SaleType::Advanced),
        "" => Ok(SaleType::Simple),
        _ => Err(Refusal::invalid("SaleType must be Simple or Advanced.")),
    }
}

fn check_rate(account: &AccountState, customer: &Customer, fields: &Fields) -> Result<(), Refusal> {
    let mut problems = Problems::default();
    if customer.currency != account.options.base_currency {
        problems.require(fields, &["CurrencyRate"]);
    }
    problems.settle()
}
