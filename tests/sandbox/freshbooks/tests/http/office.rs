//! A business with an app, a clock that stands still, and a client that asks.

use std::sync::Arc;

use clock::ManualClock;
use freshbooks_stand_in::{
    Account, AccountOptions, App, NewBill, NewBillLine, NewCategory, NewClient, NewInvoice,
    NewLine, NewVendor, Options, StandIn,
};
use reqwest::{Method, Response};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// What most tests begin with.
pub(crate) struct Office {
    pub(crate) stand_in: StandIn,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) app: App,
    pub(crate) account: Account,
    pub(crate) http: reqwest::Client,
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut Options)) -> Self {
        // A second test may have been first; reqwest only needs that there is one.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let clock = Arc::new(ManualClock::new(
            "2026-01-05T16:02:10.123456Z".parse().unwrap(),
        ));
        let mut options = Options::loopback(Arc::clone(&clock) as clock::SharedClock);
        change(&mut options);
        let stand_in = StandIn::start(options).await.unwrap();
        let app = stand_in.new_app();
        let account = stand_in.new_account(AccountOptions::default());
        Self {
            stand_in,
            clock,
            app,
            account,
            http: reqwest::Client::new(),
        }
    }

    /// Trades a refresh token in; the status and the body.
    pub(crate) async fn refresh(&self, refresh_token: &str) -> (u16, Value) {
        let body = json!({
            "grant_type": "refresh_token", "client_id": self.app.client_id,
            "client_secret": self.app.client_secret, "refresh_token": refresh_token,
            "redirect_uri": "https://connector.example/back",
        });
        let url = format!("{}/auth/oauth/token", self.stand_in.url());
        read(self.http.post(url).json(&body).send().await.unwrap()).await
    }

    /// A fresh access token that may do everything.
    pub(crate) async fn access_token(&self) -> String {
        let refresh_token = self.stand_in.consent(&self.app, &self.account);
        let (_, pair) = self.refresh(&refresh_token).await;
        pair["access_token"].as_str().unwrap().to_owned()
    }

    /// Reads with the consent of a person who granted little: nothing but their taxes.
    pub(crate) async fn get_without_scope(&self, path: &str) -> (u16, Value) {
        let scopes = ["user:profile:read", "user:taxes:read"];
        let first = self.stand_in.consent_to(&self.app, &self.account, &scopes);
        let (_, pair) = self.refresh(&first).await;
        let path = self.accounting_path(path);
        self.get(pair["access_token"].as_str().unwrap(), &path)
            .await
    }

    /// `GET` with a token; the status and the body.
    pub(crate) async fn get(&self, token: &str, path: &str) -> (u16, Value) {
        self.call(token, Method::GET, path, None).await
    }

    /// `GET` under the account's accounting base with a fresh token; the body.
    pub(crate) async fn accounting(&self, path: &str) -> Value {
        let token = self.access_token().await;
        self.get(&token, &self.accounting_path(path)).await.1
    }

    pub(crate) fn accounting_path(&self, path: &str) -> String {
        format!("/accounting/account/{}/{path}", self.account.account_id)
    }

    pub(crate) async fn call(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> (u16, Value) {
        let url = format!("{}{path}", self.stand_in.url());
        let request = self.http.request(method, url).bearer_auth(token);
        let request = match &body {
            Some(body) => request.json(body),
            None => request,
        };
        read(request.send().await.unwrap()).await
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
        let bill = NewBill {
            vendor_id: self.stand_in.create_vendor(&self.account, vendor),
            number: "INV-77".to_owned(),
            due_offset_days: 30,
            lines: vec![
                NewBillLine::new("Bolts", Decimal::TEN, Decimal::TEN, category)
                    .tax("HST", Decimal::from(13)),
            ],
            ..NewBill::default()
        };
        self.stand_in.create_bill(&self.account, bill)
    }

    /// How many rows a list below the account has in all.
    pub(crate) async fn total(&self, path: &str) -> u64 {
        let list = self.accounting(path).await;
        list["response"]["result"]["total"].as_u64().unwrap()
    }

    /// A client with an invoice of 101.70; the id of the invoice.
    pub(crate) fn invoice(&self) -> i64 {
        let form = NewClient {
            organization: "Client Co".to_owned(),
            ..NewClient::default()
        };
        let client_id = self.stand_in.create_client(&self.account, form);
        let invoice = NewInvoice {
            client_id,
            due_offset_days: 30,
            discount_percent: Decimal::TEN,
            lines: vec![
                NewLine::new("Widget", Decimal::TWO, 50.into()).tax("HST", Decimal::from(13)),
            ],
            ..NewInvoice::default()
        };
        self.stand_in.create_invoice(&self.account, invoice)
    }
}

async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (
        status,
        serde_json::from_str(&text).unwrap_or(Value::String(text)),
    )
}

/// The rows of a list answer.
pub(crate) fn rows<'a>(list: &'a Value, key: &str) -> &'a Vec<Value> {
    list["response"]["result"][key].as_array().unwrap()
}
