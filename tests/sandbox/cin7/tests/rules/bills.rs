//! Suppliers, purchases and ledger entries to start from.

use cin7_stand_in::{Purchase, PurchaseQuirks};

use crate::bench::{Bench, with};

/// A supplier that is accepted.
pub(crate) const SUPPLIER: &str = r#"{"Name": "Paper Mill", "Status": "Active", "Currency": "USD",
    "PaymentTerm": "30 days", "AccountPayable": "800", "TaxRule": "Tax on Purchases",
    "Contacts": [{"Name": "Pat Miller", "Email": "pat@example.com"}]}"#;

/// A purchase's header that is accepted, as soon as the supplier exists.
pub(crate) const PURCHASE: &str = r#"{"Supplier": "Paper Mill", "Approach": "INVOICE",
    "Location": "Main Warehouse", "PurchaseType": "Simple", "CurrencyRate": 1,
    "Note": "freshbooks:AbC123:bill:321"}"#;

/// A header of a service purchase.
pub(crate) const SERVICE: &str = r#"{"PurchaseType": null, "IsServiceOnly": true}"#;

/// A line that is accepted: 4 at 25.00 and 10 % tax.
pub(crate) const GOODS: &str = r#"{"SKU": "WIDGET-1", "Name": "Blue Widget", "Quantity": 4,
    "Price": 25.0, "Discount": 0, "Tax": 10.0, "Total": 100.0, "TaxRule": "Tax on Purchases",
    "Account": "429"}"#;

/// A charge that is accepted: 80.00 and 10 % tax.
pub(crate) const COST: &str = r#"{"Description": "Imported service", "Reference": "Leaflets",
    "Quantity": 1, "Price": 80.0, "Discount": 0, "Tax": 8.0, "Total": 80.0,
    "TaxRule": "Tax on Purchases", "Account": "400"}"#;

/// An authorised order with these lines and charges.
pub(crate) fn bill_order(purchase: &str, lines: &str, charges: &str) -> String {
    format!(
        r#"{{"TaskID": "{purchase}", "CombineAdditionalCharges": false, "Memo": "",
            "Status": "AUTHORISED", "Lines": [{lines}], "AdditionalCharges": [{charges}]}}"#
    )
}

/// An authorised invoice with these lines and charges.
pub(crate) fn bill_invoice(purchase: &str, lines: &str, charges: &str) -> String {
    format!(
        r#"{{"PurchaseID": "{purchase}", "TaskID": "{purchase}",
            "CombineAdditionalCharges": false, "InvoiceNumber": "FB-BILL-321",
            "InvoiceDate": "2026-03-02T00:00:00", "InvoiceDueDate": "2026-04-01T00:00:00",
            "Status": "AUTHORISED", "Lines": [{lines}], "AdditionalCharges": [{charges}]}}"#
    )
}

impl Bench {
    /// A default account with some quirks of purchases switched.
    pub(crate) async fn quirky_purchases(switch: impl FnOnce(&mut PurchaseQuirks)) -> Self {
        Self::quirky(|quirks| switch(&mut quirks.purchases)).await
    }

    /// The id of a new purchase with some attributes changed in its header.
    pub(crate) async fn purchase_with(&self, change: &str) -> String {
        if self.stand_in.suppliers(&self.keys).is_empty() {
            self.make("supplier", SUPPLIER).await;
        }
        let header = with(PURCHASE, change);
        self.make("advanced-purchase", &header).await.at("/ID")
    }

    /// The id of a new purchase with some attributes changed and an authorised order.
    pub(crate) async fn ordered_purchase(&self, change: &str) -> String {
        let purchase = self.purchase_with(change).await;
        let order = match change == SERVICE {
            true => bill_order(&purchase, "", COST),
            false => bill_order(&purchase, GOODS, COST),
        };
        self.make("purchase/order", &order).await;
        purchase
    }

    /// The id of a new simple purchase with an authorised invoice over 198.00.
    pub(crate) async fn billed(&self) -> String {
        let purchase = self.ordered_purchase("{}").await;
        let invoice = bill_invoice(&purchase, GOODS, COST);
        self.make("advanced-purchase/invoice", &invoice).await;
        purchase
    }

    /// The purchase with this id as it truly is.
    pub(crate) fn stored_purchase(&self, purchase: &str) -> Purchase {
        let purchases = self.stand_in.purchases(&self.keys);
        purchases
            .into_iter()
            .find(|stored| stored.id.to_string() == purchase)
            .unwrap()
    }
}
