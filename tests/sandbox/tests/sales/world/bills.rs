//! Bills: what people do with them in FreshBooks, and what stands of them in Cin7.

use cin7_stand_in::{DocumentStatus, Purchase, PurchaseType};
use freshbooks_stand_in::{NewBill, NewBillLine, NewCategory, NewVendor};
use ledger::{RecordKey, State};
use money::Decimal;
use queue::Queue;

use super::{SETTINGS, Setup, World, dec, is_of};

/// What the purchase side needs besides the settings of the scripted day.
pub(crate) const PURCHASE_SETTINGS: &str = r#"
[settings.purchase_taxes]
"HST 13" = "HST 13"
"none" = "Tax Exempt"

[settings.categories]
"Materials" = "310"
default = "429"
"#;

/// The settings of the scripted day with those of purchases, and whatever else is wanted.
pub(crate) fn purchase_settings(more: &str) -> String {
    let allowed = "[settings]\ncreate_suppliers = true";
    SETTINGS.replace("[settings]", allowed) + PURCHASE_SETTINGS + more
}

impl Setup {
    /// A world that knows how to buy.
    pub(crate) fn buying() -> Self {
        Self::buying_with("")
    }

    /// The same with more settings.
    pub(crate) fn buying_with(more: &str) -> Self {
        Self {
            settings: purchase_settings(more),
            ..Self::default()
        }
    }
}

/// A line with the tax that the settings map.
pub(crate) fn bought(description: &str, quantity: &str, unit_cost: &str) -> NewBillLine {
    NewBillLine::new(description, dec(quantity), dec(unit_cost), 0).tax("HST", dec("13"))
}

impl World {
    pub(crate) fn vendor(&self, name: &str) -> i64 {
        let form = NewVendor {
            name: name.to_owned(),
            email: format!("{}@example.test", name.to_lowercase().replace(' ', ".")),
            ..NewVendor::default()
        };
        self.freshbooks.create_vendor(&self.acme().account, form)
    }

    pub(crate) fn category(&self, name: &str) -> i64 {
        let form = NewCategory {
            name: name.to_owned(),
            ..NewCategory::default()
        };
        self.freshbooks.create_category(&self.acme().account, form)
    }

    /// A bill of one taxed line is saved. Nothing hears of it yet.
    pub(crate) fn plain_bill(&self, vendor: i64, cost: &str) -> i64 {
        self.bill_of(NewBill {
            vendor_id: vendor,
            number: format!("V-{cost}"),
            due_offset_days: 30,
            lines: vec![bought("Fasteners", "1", cost)],
            ..NewBill::default()
        })
    }

    pub(crate) fn bill_of(&self, form: NewBill) -> i64 {
        self.freshbooks.create_bill(&self.acme().account, form)
    }

    pub(crate) fn edit_bill(&self, id: i64, edit: impl FnOnce(&mut NewBill)) {
        let account = &self.acme().account;
        self.freshbooks.update_bill(account, id, edit).unwrap();
    }

    /// Its first line costs something else.
    pub(crate) fn reprice_bill(&self, id: i64, cost: &str) {
        self.edit_bill(id, |form| form.lines[0].unit_cost = dec(cost));
    }

    pub(crate) fn bill_key(&self, id: i64) -> RecordKey {
        RecordKey::parse(self.acme().id, "bill", &id.to_string()).unwrap()
    }

    /// A look at a bill is asked for. Nothing is worked on yet.
    pub(crate) async fn announce_bill(&self, id: i64, event: &str) {
        let queue = Queue::new(self.plant.aws().sqs(), self.queue_url().await);
        let key = self.bill_key(id);
        let request = format!("{event}-{key}-{}", self.plant.aws().calls().len());
        let now = self.plant.clock().now();
        queue.send_look(&key, event, &request, now).await.unwrap();
    }

    /// A bill is looked at, and everything settles.
    pub(crate) async fn tell_bill(&self, id: i64) {
        self.announce_bill(id, "bill.update").await;
        self.settle_all_but_confirm().await;
    }

    /// A bill of one taxed line that crossed.
    pub(crate) async fn crossed_bill(&self, cost: &str) -> i64 {
        let id = self.plain_bill(self.vendor("Bolt Makers Ltd"), cost);
        self.tell_bill(id).await;
        self.assert_bill_stands(id).await;
        id
    }

    pub(crate) fn bill_mark(&self, id: i64) -> String {
        format!("freshbooks:{}:bill:{id}", self.acme().account.account_id)
    }

    /// Every purchase that carries a bill's mark, voided ones included.
    pub(crate) fn purchases(&self, id: i64) -> Vec<Purchase> {
        let mark = self.bill_mark(id);
        let first = |note: &str| {
            note.split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        let purchases = self.cin7.purchases(&self.acme().keys).into_iter();
        purchases
            .filter(|purchase| is_of(&mark, &first(&purchase.header.note)))
            .collect()
    }

    /// The one purchase of a bill that is not voided.
    #[track_caller]
    pub(crate) fn standing_purchase(&self, id: i64) -> Purchase {
        let mut purchases = self.purchases(id);
        purchases.retain(|purchase| !purchase.voided);
        assert_eq!(purchases.len(), 1, "standing purchases of bill {id}");
        purchases.remove(0)
    }

    /// A bill's total as FreshBooks shows it.
    pub(crate) fn bill_total(&self, id: i64) -> Decimal {
        let shown = self.freshbooks.bill(&self.acme().account, id).unwrap();
        dec(shown["total_amount"]["amount"].as_str().unwrap())
    }

    /// Fails unless everything of a bill is written: one purchase, to the cent on both sides.
    pub(crate) async fn assert_bill_stands(&self, id: i64) {
        let record = self.record_of("bill", id).await;
        let is_written = matches!(record.state, State::Posted | State::Confirmed);
        assert!(is_written, "{:?}: {}", record.state, record.sentence);
        let purchase = self.standing_purchase(id);
        let [invoice] = purchase.invoices.as_slice() else {
            panic!("{} invoices", purchase.invoices.len());
        };
        assert_eq!(invoice.status, DocumentStatus::Authorised);
        if purchase.purchase_type != PurchaseType::Service {
            assert_eq!(purchase.order.status, DocumentStatus::Authorised);
        }
        let total = self.bill_total(id);
        assert_eq!(purchase.invoice_total(invoice), total, "in Cin7");
        let noted = |text: &Option<String>| text.as_deref().map(dec);
        assert_eq!(noted(&record.total), Some(total), "FreshBooks' on record");
        // What was found after a lost answer has its total on record once it is confirmed.
        let held = noted(&record.cin7.total);
        let unknown = record.state == State::Posted && held.is_none();
        assert!(unknown || held == Some(total), "Cin7's on record: {held:?}");
        let evidence = &record.cin7;
        assert_eq!(evidence.purchase_id, Some(purchase.id.to_string()));
        assert_eq!(evidence.task_id, Some(invoice.task_id.to_string()));
        assert_eq!(evidence.order_number, Some(purchase.order_number.clone()));
        assert_eq!(evidence.invoice_number, Some(invoice.number.clone()));
        let supplier = purchase.header.supplier_id.to_string();
        assert_eq!(evidence.supplier_id, Some(supplier));
        assert!(!record.is_uncertain(), "{:?}", record.steps);
    }

    /// Fails unless the bill's record is in this state and its sentence says all of this.
    pub(crate) async fn assert_bill_says(&self, id: i64, state: State, words: &[&str]) {
        self.assert_says_of("bill", id, state, words).await;
    }
}
