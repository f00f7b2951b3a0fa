//! Bill vendors (docs/freshbooks-api.md, bills and bill payments).

use serde_json::{Value, json};

use super::filter::{self, Parsed};
use super::{BillTotals, Kind, NewBill, Resource};
use crate::money::money;
use crate::query::{Query, Term};
use crate::shelf::{Kept, Shelf};
use crate::time::utc_stamp;
use crate::world::{Books, View};

/// A vendor as a person fills in the form. It has no link with the vendor text of an expense.
#[derive(Debug, Clone, Default)]
pub struct NewVendor {
    /// The company; not promised to be unique.
    pub name: String,
    /// The business's number at the vendor.
    pub account_number: Option<String>,
    /// First name of the contact.
    pub first_name: String,
    /// Last name of the contact.
    pub last_name: String,
    /// E-mail of the contact.
    pub email: String,
    /// Phone.
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
    /// A note that only the business sees.
    pub note: String,
}

impl Resource for NewVendor {
    const KIND: Kind = Kind {
        noun: "bill_vendor",
        path: "bill_vendors/bill_vendors",
        list_key: "bill_vendors",
        id_field: "vendorid",
        scope: "user:bill_vendors:read",
        keeps_deleted: true,
        filters_vis_state: false,
    };

    fn shelf(books: &Books) -> &Shelf<Self> {
        &books.vendors
    }

    fn shelf_mut(books: &mut Books) -> &mut Shelf<Self> {
        &mut books.vendors
    }

    /// There is no `id`. The docs show each balance as one object, captures as a list of objects.
    fn render(kept: &Kept<Self>, view: &View<'_>, _query: &Query) -> Value {
        let vendor = &kept.content;
        let currency = vendor
            .currency_code
            .as_ref()
            .unwrap_or(&view.books.currency_code);
        let owed = open_bills(kept.id, view).map(|(_, totals)| totals.outstanding);
        let overdue = open_bills(kept.id, view)
            .filter(|(bill, _)| bill.content.due() < view.eastern.day(view.now))
            .map(|(_, totals)| totals.outstanding);
        json!({
            "vendorid": kept.id, "vendor_name": vendor.name,
            "account_number": vendor.account_number,
            "primary_contact_first_name": vendor.first_name,
            "primary_contact_last_name": vendor.last_name,
            "primary_contact_email": vendor.email, "phone": vendor.phone, "website": null,
            "street": vendor.street, "street2": "", "city": vendor.city,
            "province": vendor.province, "postal_code": vendor.postal_code,
            "country": vendor.country, "currency_code": currency, "language": "en",
            "is_1099": false, "note": vendor.note, "tax_defaults": [],
            "outstanding_balance": [{"amount": money(owed.sum(), currency)}],
            "overdue_balance": [{"amount": money(overdue.sum(), currency)}],
            "created_at": utc_stamp(kept.created), "updated_at": utc_stamp(kept.updated),
            "vis_state": kept.vis_state.number(),
        })
    }

    /// `vendor_name`, `vendor_name_like` and `email` look as if they worked and do not.
    fn filter(_term: &Term) -> Parsed<Self> {
        filter::ignored()
    }
}

fn open_bills<'a>(
    vendor_id: i64,
    view: &'a View<'_>,
) -> impl Iterator<Item = (&'a Kept<NewBill>, BillTotals)> {
    let bills = view.books.bills.newest_first();
    bills
        .filter(move |kept| kept.is_live() && kept.content.vendor_id == vendor_id)
        .map(|kept| (kept, BillTotals::of(kept, view.books)))
}
