//! A running stand-in, a client, and documents to start from.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use cin7_stand_in::{AccountOptions, Keys, Options, Quirks, Sale, StandIn};
use clock::ManualClock;
use jiff::Timestamp;
use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::Value;
use serde_json::value::RawValue;

/// A customer that is accepted.
pub(crate) const CUSTOMER: &str = r#"{"Name": "Acme LLC", "Status": "Active", "Currency": "USD",
    "PaymentTerm": "30 days", "AccountReceivable": "610", "RevenueAccount": "200",
    "TaxRule": "Tax on Sales", "Contacts": [{"Name": "Jo Doe", "Email": "jo@example.com"}]}"#;

/// A sale's header that is accepted, as soon as the customer exists.
pub(crate) const SALE: &str = r#"{"Customer": "Acme LLC", "Location": "Main Warehouse",
    "SaleType": "Simple", "SkipQuote": true, "SaleOrderDate": "2026-03-01T00:00:00",
    "CustomerReference": "FB-000123", "ExternalID": "freshbooks:AbC123:invoice:987654"}"#;

/// A line that is accepted: 2 at 150.00 and 10 % tax.
pub(crate) const LINE: &str = r#"{"SKU": "FB-SERVICE", "Name": "Imported service", "Quantity": 2,
    "Price": 150.0, "Discount": 0, "Tax": 30.0, "Total": 300.0, "TaxRule": "Tax on Sales"}"#;

/// What a call was answered with.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The text at a JSON pointer.
    pub(crate) fn at(&self, pointer: &str) -> String {
        match self.json().pointer(pointer).unwrap() {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// Every sentence of the error shape.
    pub(crate) fn errors(&self) -> Vec<String> {
        let rows: Vec<BTreeMap<String, Value>> = serde_json::from_str(&self.text).unwrap();
        rows.iter()
            .map(|row| row["Exception"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Fails unless the call was refused with 400 and this sentence.
    #[track_caller]
    pub(crate) fn assert_refused(&self, sentence: &str) {
        assert_eq!(self.status, 400, "{}", self.text);
        assert_eq!(self.errors(), [sentence]);
    }
}

/// One account of a running stand-in.
pub(crate) struct Bench {
    pub(crate) stand_in: StandIn,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) keys: Keys,
    client: Client,
}

impl Bench {
    pub(crate) async fn start() -> Self {
        Self::start_with(AccountOptions::default()).await
    }

    /// A default account with some quirks switched.
    pub(crate) async fn quirky(switch: impl FnOnce(&mut Quirks)) -> Self {
        let mut options = AccountOptions::default();
        switch(&mut options.quirks);
        Self::start_with(options).await
    }

    pub(crate) async fn start_with(account: AccountOptions) -> Self {
        // Whichever test is first installs it; the others find it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let start: Timestamp = "2026-03-10T09:00:00Z".parse().unwrap();
        let clock = Arc::new(ManualClock::new(start));
        let listen = (Ipv4Addr::LOCALHOST, 0).into();
        let stand_in = StandIn::start(Options {
            listen,
            clock: clock.clone(),
        })
        .await
        .unwrap();
        let keys = stand_in.new_account(account);
        Self {
            stand_in,
            clock,
            keys,
            client: Client::new(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "").await.unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Answer {
        self.send(Method::POST, path, body).await.unwrap()
    }

    pub(crate) async fn put(&self, path: &str, body: &str) -> Answer {
        self.send(Method::PUT, path, body).await.unwrap()
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, "").await.unwrap()
    }

    /// A call that may find its connection cut.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        body: &str,
    ) -> reqwest::Result<Answer> {
        self.send_with(&self.keys, method, path, body).await
    }

    pub(crate) async fn send_with(
        &self,
        keys: &Keys,
        method: Method,
        path: &str,
        body: &str,
    ) -> reqwest::Result<Answer> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.stand_in.url()))
            .header("api-auth-accountid", &keys.account_id)
            .header("api-auth-applicationkey", &keys.application_key);
        if !body.is_empty() {
            request = request
                .header("content-type", "application/json")
                .body(body.to_owned());
        }
        let response = request.send().await?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Answer {
            status,
            headers,
            text: response.text().await?,
        })
    }

    /// Posts and expects success.
    #[track_caller]
    pub(crate) fn make(&self, path: &str, body: &str) -> impl Future<Output = Answer> {
        let caller = std::panic::Location::caller();
        async move {
            let answer = self.post(path, body).await;
            assert_eq!(answer.status, 200, "{caller}: {}", answer.text);
            answer
        }
    }

    /// The id of a new sale of a new customer.
    pub(crate) async fn sale(&self) -> String {
        self.sale_with("{}").await
    }

    /// The same with other attributes in its header.
    pub(crate) async fn sale_with(&self, change: &str) -> String {
        if self.stand_in.customers(&self.keys).is_empty() {
            self.make("customer", CUSTOMER).await;
        }
        self.make("sale", &with(SALE, change)).await.at("/ID")
    }

    /// The id of a new sale with an authorised order.
    pub(crate) async fn ordered(&self) -> String {
        let sale = self.sale().await;
        self.make("sale/order", &order(&sale, LINE)).await;
        sale
    }

    /// The id of a new sale with an authorised invoice over 330.00.
    pub(crate) async fn invoiced(&self) -> String {
        let sale = self.ordered().await;
        self.make("sale/invoice", &invoice(&sale, LINE)).await;
        sale
    }

    /// The sale with this id as it truly is.
    pub(crate) fn stored(&self, sale: &str) -> Sale {
        let sales = self.stand_in.sales(&self.keys);
        sales
            .into_iter()
            .find(|stored| stored.id.to_string() == sale)
            .unwrap()
    }
}

/// An authorised order with these lines.
pub(crate) fn order(sale: &str, lines: &str) -> String {
    format!(
        r#"{{"SaleID": "{sale}", "CombineAdditionalCharges": false, "Memo": "",
            "Status": "AUTHORISED", "Lines": [{lines}]}}"#
    )
}

/// An authorised invoice of a simple sale with these lines.
pub(crate) fn invoice(sale: &str, lines: &str) -> String {
    format!(
        r#"{{"SaleID": "{sale}", "TaskID": "{sale}", "CombineAdditionalCharges": false,
            "Status": "AUTHORISED", "InvoiceDate": "2026-03-01T00:00:00",
            "InvoiceDueDate": "2026-03-31T00:00:00", "Lines": [{lines}], "AdditionalCharges": []}}"#
    )
}

/// A payment of an amount towards a task.
pub(crate) fn payment(task: &str, amount: &str) -> String {
    format!(
        r#"{{"TaskID": "{task}", "Type": "Payment", "Amount": {amount},
            "DatePaid": "2026-03-10T00:00:00", "Account": "090", "CurrencyRate": 1,
            "Reference": "freshbooks:AbC123:payment:555"}}"#
    )
}

/// A JSON object with some attributes changed, digit for digit.
pub(crate) fn with(base: &str, change: &str) -> String {
    let read = |text: &str| -> BTreeMap<String, Box<RawValue>> {
        serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    };
    let mut object = read(base);
    object.extend(read(change));
    serde_json::to_string(&object).unwrap()
}

/// A JSON object without one of its attributes.
pub(crate) fn without(base: &str, name: &str) -> String {
    with(base, &format!(r#"{{"{name}": null}}"#))
}
