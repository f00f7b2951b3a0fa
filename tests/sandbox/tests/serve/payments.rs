//! Payments through a served sandbox, with a `kill -9` between one webhook and the next.

use cin7_stand_in::{Fault, Matcher, Payment};
use freshbooks_stand_in::NewPayment;
use money::Decimal;

use crate::business::{Business, Services};
use crate::folder::Folder;
use crate::process::eventually;
use crate::served::Served;

impl Services {
    /// A payment by check; its id. No webhook leaves by itself.
    fn pay(&self, business: &Business, invoice_id: &str, cents: i64) -> String {
        let payment = NewPayment {
            invoice_id: invoice_id.parse().unwrap(),
            amount: Decimal::new(cents, 2),
            payment_type: "Check".to_owned(),
            ..NewPayment::default()
        };
        let id = self.freshbooks.record_payment(&business.account, payment);
        id.to_string()
    }

    /// Every payment in Cin7, on whatever sale.
    fn paid(&self, business: &Business) -> Vec<Payment> {
        let sales = self.cin7.sales(&business.keys).into_iter();
        sales.flat_map(|sale| sale.payments).collect()
    }

    fn amounts(&self, business: &Business) -> Vec<String> {
        let payments = self.paid(business).into_iter();
        payments.map(|payment| payment.amount.to_string()).collect()
    }
}

#[tokio::test]
async fn a_payment_is_put_on_changed_and_deleted_with_a_kill_between_each() {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let again = || {
        let mut command = folder.serve(&services, &[&acme]);
        command.arg("--data").arg(folder.data());
        Served::start(command)
    };
    let served = again().await;
    let invoice = services.invoice(&acme, 10_000);
    served.tell(&acme, "invoice.create", &invoice).await;
    served.until(&acme, &invoice, "confirmed").await;
    served.kill();

    let served = again().await;
    let payment = services.pay(&acme, &invoice, 4_000);
    served.tell(&acme, "payment.create", &payment).await;
    let record = served.until(&acme, &payment, "confirmed").await;
    assert_eq!(record["parent"], format!("invoice/{invoice}"));
    assert_eq!(record["generation"], 1);
    assert_eq!(services.amounts(&acme), ["40.00"]);
    let mark = format!("freshbooks:{}:payment:{payment}", acme.account.account_id);
    assert_eq!(services.paid(&acme)[0].reference, mark);
    served.kill();

    let served = again().await;
    let (books, id) = (&services.freshbooks, payment.parse().unwrap());
    books
        .update_payment(&acme.account, id, |form| {
            form.amount = Decimal::new(4_500, 2)
        })
        .unwrap();
    served.tell(&acme, "payment.update", &payment).await;
    assert!(eventually(async || services.amounts(&acme) == ["45.00"]).await);
    served.until(&acme, &payment, "confirmed").await;
    served.kill();

    let served = again().await;
    books.delete_payment(&acme.account, id).unwrap();
    served.tell(&acme, "payment.delete", &payment).await;
    let record = served.until(&acme, &payment, "reversed").await;
    assert_eq!(record["generation"], 2, "the next would be another one");
    assert_eq!(services.amounts(&acme), Vec::<String>::new());
    let (_, verified, _) = served.trail_of("acme", "payment", &payment).await;
    assert_eq!(verified, "true");
    assert_eq!(
        services.held(&acme, &invoice),
        [Some("100.00".parse().unwrap())],
        "the invoice was left alone"
    );
}

#[tokio::test]
async fn a_kill_while_a_payment_is_posted_leaves_exactly_one_after_a_restart() {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let again = || {
        let mut command = folder.serve(&services, &[&acme]);
        command.arg("--data").arg(folder.data());
        Served::start(command)
    };
    let served = again().await;
    let invoice = services.invoice(&acme, 3_000);
    let payment = services.pay(&acme, &invoice, 3_000);
    let never = Fault::Hang { applied: true };
    services
        .cin7
        .fail(Matcher::new("POST", "sale/payment"), never);
    // Its invoice was never heard of: the payment brings it.
    served.tell(&acme, "payment.create", &payment).await;
    assert!(eventually(async || services.amounts(&acme) == ["30.00"]).await);
    served.kill();

    let served = again().await;
    served.until(&acme, &payment, "confirmed").await;
    served.until(&acme, &invoice, "confirmed").await;
    assert_eq!(services.amounts(&acme), ["30.00"]);
    assert_eq!(services.cin7.sales(&acme.keys).len(), 1);
}

#[tokio::test]
async fn a_callback_takes_only_what_its_own_verifier_signed() {
    let services = Services::start().await;
    let acme = services.open("acme");
    let folder = Folder::new();
    let served = Served::start(folder.serve(&services, &[&acme])).await;
    let invoice = services.invoice(&acme, 3_000);
    let payment = services.pay(&acme, &invoice, 3_000);
    let swapped = [
        ("payment", acme.delivery(&payment)),
        ("invoice", acme.delivery_of("payment.create", &payment)),
    ];
    for (noun, delivery) in swapped {
        let (status, _) = served.receive_at("acme", noun, delivery).await;
        assert_eq!(status, 401, "{noun}");
    }
    assert!(served.records().await.is_empty());
}
