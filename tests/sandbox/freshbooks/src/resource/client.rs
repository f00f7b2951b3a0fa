//! Clients (docs/freshbooks-api.md, clients, items, taxes).

use serde_json::{Value, json};

use super::filter::{self, Parsed};
use super::{Kind, Resource};
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::time::utc_stamp;
use crate::world::{Books, View};

/// A client as a person fills in the form; what is left empty is `""` on the wire.
#[derive(Debug, Clone, Default)]
pub struct NewClient {
    /// The company; empty for a private person, and not unique.
    pub organization: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail.
    pub email: String,
    /// Business phone.
    pub phone: String,
    /// Street and number.
    pub street: String,
    /// City.
    pub city: String,
    /// Province or state.
    pub province: String,
    /// Postal code.
    pub postal_code: String,
    /// Country, as FreshBooks spells it.
    pub country: String,
    /// ISO 4217; the account's own where `None`.
    pub currency_code: Option<String>,
    /// VAT registration.
    pub vat_number: Option<String>,
    /// A note that only the business sees.
    pub note: String,
}

/// A client as it is kept.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) form: NewClient,
    pub(crate) uuid: String,
}

impl Resource for Client {
    const KIND: Kind = Kind {
        noun: "client",
        path: "users/clients",
        list_key: "clients",
        id_field: "userid",
        scope: "user:clients:read",
        keeps_deleted: true,
        filters_vis_state: true,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.clients
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.clients
    }

    fn render(kept: &Kept<Self>, view: &View<'_>, _query: &Query) -> Value {
        let form = &kept.content.form;
        let currency = form
            .currency_code
            .as_ref()
            .unwrap_or(&view.books.currency_code);
        json!({
            "id": kept.id, "userid": kept.id, "uuid": kept.content.uuid,
            "accounting_systemid": view.books.account.account_id,
            "organization": form.organization, "fname": form.first_name, "lname": form.last_name,
            "email": form.email, "username": format!("client{}", kept.id),
            "bus_phone": form.phone, "home_phone": null, "mob_phone": "", "fax": "",
            "p_street": form.street, "p_street2": "", "p_city": form.city,
            "p_province": form.province, "p_code": form.postal_code, "p_country": form.country,
            "s_street": "", "s_street2": "", "s_city": "", "s_province": "", "s_code": "",
            "s_country": "", "currency_code": currency, "language": "en", "vat_name": null,
            "vat_number": form.vat_number, "note": form.note, "role": "client", "level": 0,
            "allow_late_fees": true, "allow_late_notifications": true,
            // UTC, while `updated` is US-Eastern (docs/freshbooks-api.md, dates and time zones).
            "signup_date": utc_stamp(kept.created), "updated": view.eastern.stamp(kept.updated),
            "vis_state": kept.vis_state.number(),
        })
    }

    fn filter(term: &Term) -> Parsed<Self> {
        match term.key.as_str() {
            "email" => filter::text_is(term, |kept| &kept.content.form.email),
            "fname_like" => filter::text_like(term, |kept| &kept.content.form.first_name),
            "organization_like" => filter::text_like(term, |kept| &kept.content.form.organization),
            "updated_min" => filter::from_day(term, filter::updated),
            "updated_max" => filter::before_day(term, filter::updated),
            _ => filter::ignored(),
        }
    }

    fn sort_text(kept: &Kept<Self>, _view: &View<'_>, key: &str) -> Option<String> {
        let form = &kept.content.form;
        match key {
            "organization_name" => Some(form.organization.clone()),
            "fullname" => Some(format!("{} {}", form.first_name, form.last_name)),
            "email" => Some(form.email.clone()),
            "updated" => Some(kept.updated.to_string()),
            _ => None,
        }
    }
}
