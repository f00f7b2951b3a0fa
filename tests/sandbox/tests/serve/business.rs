//! Businesses with an account at both services, which are stand-ins on the machine's clock: what
//! talks to them is another process.

use std::sync::Arc;

use cin7_stand_in as cin7;
use clock::SystemClock;
use freshbooks_stand_in as freshbooks;
use freshbooks_stand_in::{NewClient, NewInvoice, NewLine, sign};
use money::Decimal;

/// Mapping settings that every business of these tests shares.
const SETTINGS: &str = include_str!("../../src/day/settings.toml");

/// Both services.
pub(crate) struct Services {
    pub(crate) freshbooks: freshbooks::StandIn,
    pub(crate) cin7: cin7::StandIn,
}

/// One business.
pub(crate) struct Business {
    pub(crate) name: &'static str,
    pub(crate) account: freshbooks::Account,
    pub(crate) app: freshbooks::App,
    pub(crate) keys: cin7::Keys,
    /// The refresh token of its consent, as its connection file has it.
    pub(crate) refresh_token: String,
    /// The key of its callback for invoices.
    pub(crate) verifier: String,
    /// The key of its callback for payments.
    pub(crate) payment_verifier: String,
}

impl Services {
    pub(crate) async fn start() -> Self {
        let freshbooks = freshbooks::Options::loopback(Arc::new(SystemClock));
        Self {
            freshbooks: freshbooks::StandIn::start(freshbooks).await.unwrap(),
            cin7: cin7::StandIn::start(cin7::Options::default())
                .await
                .unwrap(),
        }
    }

    /// A business whose connection has this name.
    pub(crate) fn open(&self, name: &'static str) -> Business {
        let account = self
            .freshbooks
            .new_account(freshbooks::AccountOptions::default());
        let app = self.freshbooks.new_app();
        Business {
            name,
            refresh_token: self.freshbooks.consent(&app, &account),
            keys: self.cin7.new_account(cin7::AccountOptions::default()),
            verifier: format!("{name}Qw8ErTy2UiOp5AsDf7GhJk3Lz"),
            payment_verifier: format!("{name}Mn4BvCx7ZaQ2WsEd9RfTg5YhUj"),
            account,
            app,
        }
    }

    /// An untaxed invoice, sent to a new client; its id. No webhook leaves by itself.
    pub(crate) fn invoice(&self, business: &Business, cents: i64) -> String {
        let form = NewClient {
            organization: format!("Client of {cents}"),
            email: format!("client{cents}@example.com"),
            ..NewClient::default()
        };
        let client_id = self.freshbooks.create_client(&business.account, form);
        let form = NewInvoice {
            client_id,
            due_offset_days: 30,
            lines: vec![NewLine::new("Work", Decimal::ONE, Decimal::new(cents, 2))],
            ..NewInvoice::default()
        };
        let id = self.freshbooks.create_invoice(&business.account, form);
        self.freshbooks.send_invoice(&business.account, id).unwrap();
        id.to_string()
    }

    /// The totals of the invoices in Cin7 that carry this FreshBooks invoice's mark, one per sale;
    /// a sale without an invoice counts as `None`.
    pub(crate) fn held(&self, business: &Business, id: &str) -> Vec<Option<Decimal>> {
        let mark = format!("freshbooks:{}:invoice:{id}", business.account.account_id);
        let sales = self.cin7.sales(&business.keys).into_iter();
        sales
            .filter(|sale| sale.header.external_id == mark)
            .map(|sale| {
                let invoice = sale.invoices.first();
                invoice.map(|invoice| sale.invoice_total(invoice))
            })
            .collect()
    }
}

impl Business {
    /// Its connection file.
    pub(crate) fn file(&self) -> String {
        format!(
            "id = \"{}\"\n[freshbooks]\nclient_id = \"{}\"\nclient_secret = \"{}\"\nrefresh_token = \"{}\"\n\
             account_id = \"{}\"\nbusiness_uuid = \"{}\"\n[freshbooks.verifiers]\ninvoice = \"{}\"\n\
             payment = \"{}\"\n[cin7]\naccount_id = \"{}\"\napplication_key = \"{}\"\n{SETTINGS}",
            self.name,
            self.app.client_id,
            self.app.client_secret,
            self.refresh_token,
            self.account.account_id,
            self.account.business_uuid,
            self.verifier,
            self.payment_verifier,
            self.keys.account_id,
            self.keys.application_key,
        )
    }

    /// The body and signature of the webhook that tells of an invoice.
    pub(crate) fn delivery(&self, id: &str) -> (String, String) {
        self.delivery_of("invoice.update", id)
    }

    /// The body and signature of the webhook of an event, such as `payment.delete`.
    pub(crate) fn delivery_of(&self, event: &str, id: &str) -> (String, String) {
        let fields = [
            ("name", event),
            ("object_id", id),
            ("account_id", self.account.account_id.as_str()),
        ];
        let of_payment = event.starts_with("payment.");
        let verifier = if of_payment {
            &self.payment_verifier
        } else {
            &self.verifier
        };
        sign(verifier, &fields)
    }
}
