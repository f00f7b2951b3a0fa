//! A client of one account of a running stand-in, and what it posts.

use std::net::Ipv4Addr;
use std::sync::Arc;

use cin7::{
    Approach, Endpoint, EntryStatus, JournalLine, MoneyKind, MoneyLine, MoneyLineNames, NewJournal,
    NewMoneyOperation, NewPurchasePayment, NewSupplier, PaymentType, Purchase, PurchaseCharge,
    PurchaseHeader, PurchaseInvoice, PurchaseKind, PurchaseLine, PurchaseOrder, Reader, Unlimited,
    Writer,
};
use cin7_stand_in::{AccountOptions, Keys, Options, Quirks, StandIn};
use clock::ManualClock;
use jiff::Timestamp;
use jiff::civil::date;
use money::Decimal;

pub(crate) const MARK: &str = "freshbooks:AbC123:bill:321";

pub(crate) struct Bench {
    pub(crate) stand_in: StandIn,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) keys: Keys,
    pub(crate) writer: Writer,
}

impl Bench {
    pub(crate) async fn start() -> Self {
        Self::quirky(|_| {}).await
    }

    /// A default account with some quirks switched.
    pub(crate) async fn quirky(switch: impl FnOnce(&mut Quirks)) -> Self {
        // Whichever test is first installs it; the others find it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let start: Timestamp = "2026-03-10T09:00:00Z".parse().unwrap();
        let clock = Arc::new(ManualClock::new(start));
        let options = Options {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            clock: clock.clone(),
        };
        let stand_in = StandIn::start(options).await.unwrap();
        let mut account = AccountOptions::default();
        switch(&mut account.quirks);
        let keys = stand_in.new_account(account);
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .tls_certs_only(std::iter::empty())
            .build()
            .unwrap();
        let secrets = cin7::Keys::new(
            keys.account_id.as_str().into(),
            keys.application_key.as_str().into(),
        );
        let base = stand_in.url().parse().unwrap();
        let writer = Writer::new(Endpoint::new(http, base, secrets, Arc::new(Unlimited)));
        Self {
            stand_in,
            clock,
            keys,
            writer,
        }
    }

    pub(crate) fn reader(&self) -> &Reader {
        self.writer.reader()
    }

    /// A new purchase of a new supplier.
    pub(crate) async fn header(&self, kind: PurchaseKind) -> Purchase {
        let supplier = self.writer.create_supplier(&supplier()).await.unwrap();
        let header = header(&supplier.value.id, kind);
        self.writer.create_purchase(&header).await.unwrap().value
    }

    /// A new purchase with an authorised invoice over 198.00, or 88.00 of services alone.
    pub(crate) async fn billed(&self, kind: PurchaseKind) -> Purchase {
        let purchase = self.header(kind).await;
        let order = order(kind);
        let ordered = self.writer.post_purchase_order(&purchase.id, &order);
        ordered.await.unwrap();
        let task = purchase.invoice_task();
        let invoice = invoice(kind);
        let invoiced = self
            .writer
            .post_purchase_invoice(&purchase.id, task, &invoice);
        invoiced.await.unwrap();
        purchase
    }
}

pub(crate) fn supplier() -> NewSupplier {
    NewSupplier {
        name: "Paper Mill".to_owned(),
        currency: "USD".parse().unwrap(),
        payment_term: "30 days".to_owned(),
        account_payable: "800".to_owned(),
        tax_rule: "Tax on Purchases".to_owned(),
        contact: String::new(),
        email: String::new(),
        phone: String::new(),
        comments: "from FreshBooks".to_owned(),
    }
}

pub(crate) fn header(supplier_id: &str, kind: PurchaseKind) -> PurchaseHeader {
    PurchaseHeader {
        supplier_id: supplier_id.to_owned(),
        approach: Approach::Invoice,
        kind,
        location: "Main Warehouse".to_owned(),
        tax_rule: Some("Tax on Purchases".to_owned()),
        terms: Some("30 days".to_owned()),
        currency_rate: Decimal::ONE,
        mark: MARK.to_owned(),
        remarks: "Bill 321 of Paper Mill".to_owned(),
    }
}

fn lines(kind: PurchaseKind) -> Vec<PurchaseLine> {
    let line = PurchaseLine {
        product_id: String::new(),
        sku: "WIDGET-1".to_owned(),
        name: "Blue Widget".to_owned(),
        quantity: Decimal::from(4),
        price: Decimal::from(25),
        discount: Decimal::ZERO,
        tax: Decimal::from(10),
        total: Decimal::from(100),
        tax_rule: "Tax on Purchases".to_owned(),
        account: "429".to_owned(),
        comment: "blue".to_owned(),
    };
    match kind {
        PurchaseKind::Simple => vec![line],
        PurchaseKind::Service => Vec::new(),
    }
}

fn charges() -> Vec<PurchaseCharge> {
    // Two of one service, which as lines would be refused.
    let half = PurchaseCharge {
        description: "Imported service".to_owned(),
        reference: "Leaflets".to_owned(),
        quantity: Decimal::ONE,
        price: Decimal::from(40),
        discount: Decimal::ZERO,
        tax: Decimal::from(4),
        total: Decimal::from(40),
        tax_rule: "Tax on Purchases".to_owned(),
        account: "400".to_owned(),
    };
    vec![half.clone(), half]
}

pub(crate) fn order(kind: PurchaseKind) -> PurchaseOrder {
    PurchaseOrder {
        memo: String::new(),
        lines: lines(kind),
        charges: charges(),
    }
}

pub(crate) fn invoice(kind: PurchaseKind) -> PurchaseInvoice {
    PurchaseInvoice {
        number: "FB-BILL-321".to_owned(),
        date: date(2026, 3, 2),
        due: date(2026, 4, 1),
        lines: lines(kind),
        charges: charges(),
    }
}

pub(crate) fn payment(task_id: &str) -> NewPurchasePayment {
    NewPurchasePayment {
        task_id: task_id.to_owned(),
        amount: Decimal::new(5000, 2),
        paid_on: date(2026, 3, 10),
        account: "090".to_owned(),
        currency_rate: Decimal::ONE,
        reference: "freshbooks:AbC123:bill_payment:5".to_owned(),
        kind: PaymentType::Sample,
    }
}

pub(crate) fn journal(status: EntryStatus) -> NewJournal {
    let pair = |debit: &str, amount: i64| JournalLine {
        debit: debit.to_owned(),
        credit: "090".to_owned(),
        amount: Decimal::new(amount, 2),
        base_amount: Decimal::new(amount, 2),
        reference: "42".to_owned(),
    };
    NewJournal {
        status,
        currency: "USD".parse().unwrap(),
        currency_rate: Decimal::ONE,
        date: date(2026, 3, 31),
        narration: "freshbooks:AbC123:journal:42".to_owned(),
        notes: "Month end".to_owned(),
        lines: vec![pair("400", 12000), pair("404", 5)],
    }
}

pub(crate) fn operation(status: EntryStatus) -> NewMoneyOperation {
    NewMoneyOperation {
        kind: MoneyKind::Spend,
        status,
        bank_account: "090".to_owned(),
        date: date(2026, 3, 4),
        currency_rate: Decimal::ONE,
        supplier_id: None,
        customer_id: None,
        reference: "freshbooks:AbC123:expense:77".to_owned(),
        note: "Fuel".to_owned(),
        line_names: MoneyLineNames::Samples,
        lines: vec![MoneyLine {
            name: "Fuel".to_owned(),
            comment: String::new(),
            quantity: Decimal::ONE,
            price: Decimal::from(50),
            tax: Decimal::from(5),
            total: Decimal::from(50),
            tax_rule: "Tax on Purchases".to_owned(),
            account: "420".to_owned(),
        }],
    }
}
