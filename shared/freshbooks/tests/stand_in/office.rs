//! A business of the stand-in, with a clock that stands still and a client that may read everything.

use std::sync::Arc;

use clock::ManualClock;
use freshbooks::{Api, Shown};
use freshbooks_stand_in::{
    Account, AccountOptions, NewBill, NewBillLine, NewBillPayment, NewCategory, NewExpense,
    NewVendor, Options, Quirks, StandIn,
};
use money::Decimal;
use secrecy::SecretString;
use serde_json::Value;

pub(crate) struct Office {
    pub(crate) stand_in: StandIn,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) account: Account,
    pub(crate) api: Api,
    pub(crate) token: SecretString,
}

impl Office {
    pub(crate) async fn open() -> Self {
        // A second test may have been first; reqwest only needs that there is one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let noon = "2026-01-05T16:02:10.123456Z".parse().unwrap();
        let clock = Arc::new(ManualClock::new(noon));
        let options = Options::loopback(Arc::clone(&clock) as clock::SharedClock);
        let stand_in = StandIn::start(options).await.unwrap();
        let account = stand_in.new_account(AccountOptions::default());
        let token = access_token(&stand_in, &account).await;
        let base = stand_in.url().parse().unwrap();
        let api = Api::new(reqwest::Client::new(), base);
        Self {
            stand_in,
            clock,
            account,
            api,
            token,
        }
    }

    /// Consents again: an access token lives 12 hours.
    pub(crate) async fn sign_in(&mut self) {
        self.token = access_token(&self.stand_in, &self.account).await;
    }

    pub(crate) fn set(&self, change: impl FnOnce(&mut Quirks)) {
        self.stand_in.set_quirks(&self.account, change);
    }

    /// The account of every call.
    pub(crate) fn id(&self) -> &str {
        &self.account.account_id
    }

    /// A vendor with a bill of 113.00, of which 13.00 is tax; the id of the bill.
    pub(crate) fn bill(&self) -> i64 {
        let vendor = NewVendor {
            name: "Bolts & Co".to_owned(),
            ..NewVendor::default()
        };
        let materials = NewCategory {
            name: "Materials".to_owned(),
            ..NewCategory::default()
        };
        let category = self.stand_in.create_category(&self.account, materials);
        let line = NewBillLine::new("Bolts", Decimal::TEN, Decimal::TEN, category);
        let bill = NewBill {
            vendor_id: self.stand_in.create_vendor(&self.account, vendor),
            lines: vec![line.tax("HST", Decimal::from(13))],
            ..NewBill::default()
        };
        self.stand_in.create_bill(&self.account, bill)
    }

    /// A payment of 13.00 on a bill; its id.
    pub(crate) fn pay(&self, bill_id: i64) -> i64 {
        let payment = NewBillPayment {
            bill_id,
            amount: Decimal::from(13),
            ..NewBillPayment::default()
        };
        self.stand_in.record_bill_payment(&self.account, payment)
    }

    /// An expense of 20.00; its id.
    pub(crate) fn spend(&self) -> i64 {
        let expense = NewExpense {
            amount: Decimal::from(20),
            ..NewExpense::default()
        };
        self.stand_in.create_expense(&self.account, expense)
    }
}

async fn access_token(stand_in: &StandIn, account: &Account) -> SecretString {
    let app = stand_in.new_app();
    let body = serde_json::json!({
        "grant_type": "refresh_token", "client_id": app.client_id,
        "client_secret": app.client_secret, "refresh_token": stand_in.consent(&app, account),
        "redirect_uri": "https://connector.example/back",
    });
    let url = format!("{}/auth/oauth/token", stand_in.url());
    let request = reqwest::Client::new().post(url).json(&body);
    let pair = request.send().await.unwrap().json::<Value>().await.unwrap();
    pair["access_token"].as_str().unwrap().into()
}

/// The record that counts; `None` where it was deleted or is gone.
pub(crate) fn standing<T>(shown: Option<Shown<T>>) -> Option<T> {
    match shown? {
        Shown::Standing(record) => Some(record),
        Shown::Deleted { .. } => None,
    }
}
