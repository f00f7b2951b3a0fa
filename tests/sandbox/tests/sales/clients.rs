//! Clients become customers: linked once, found by exact name or e-mail, else made.

use freshbooks_stand_in::NewInvoice;
use ledger::State;
use reqwest::Method;
use serde_json::json;

use crate::world::{Setup, World, plain};

impl World {
    /// A customer that stood in Cin7 before; its id.
    async fn customer(&self, name: &str, email: &str, currency: &str) -> String {
        let customer = json!({
            "Name": name, "Status": "Active", "Currency": currency, "PaymentTerm": "30 days",
            "AccountReceivable": "610", "RevenueAccount": "200", "TaxRule": "Tax on Sales",
            "Contacts": [{ "Name": name, "Email": email, "Default": true }],
        });
        let made = self.in_cin7(Method::POST, "customer", Some(customer)).await;
        made["CustomerList"][0]["ID"].as_str().unwrap().to_owned()
    }

    /// Sends an invoice and lets it settle; the customer of its sale and how it was linked.
    async fn customer_of(&self, form: NewInvoice) -> (String, String) {
        let id = self.send(form).await;
        self.settle().await;
        self.assert_confirmed(id).await;
        self.check().await;
        let trail = self.trail(id).await;
        let how = trail.iter().find_map(|entry| entry.detail.get("how"));
        let sale = self.sale(id);
        (sale.header.customer, how.cloned().unwrap_or_default())
    }
}

fn text(customer: &str, how: &str) -> (String, String) {
    (customer.to_owned(), how.to_owned())
}

#[tokio::test]
async fn a_client_is_linked_once_and_never_asked_for_again() {
    let world = World::start().await;
    world
        .customer("Corner Bakery", "orders@bakery.test", "USD")
        .await;
    let client = world.client("Corner Bakery");
    let first = world.customer_of(plain(client, "10.00")).await;
    assert_eq!(first, text("Corner Bakery", "name"));

    let before = world.cin7_count();
    let second = world.customer_of(plain(client, "20.00")).await;
    assert_eq!(second, text("Corner Bakery", ""), "no new link");
    let asked = world.cin7_calls(before);
    assert!(
        asked.iter().all(|call| call.path != "customer"),
        "{asked:?}"
    );
}

#[tokio::test]
async fn a_link_outlives_a_new_name_in_freshbooks_and_in_cin7() {
    let world = World::start().await;
    let id = world
        .customer("Corner Bakery", "orders@bakery.test", "USD")
        .await;
    let client = world.client("Corner Bakery");
    world.warm_up(client).await;
    let rename = json!({ "ID": id, "Name": "Bakery on the Corner" });
    world.in_cin7(Method::PUT, "customer", Some(rename)).await;
    let account = &world.acme().account;
    let renamed = world.freshbooks.update_client(account, client, |form| {
        form.organization = "The Corner Bakery Ltd".into();
    });
    renamed.unwrap();
    let (customer, _) = world.customer_of(plain(client, "20.00")).await;
    assert_eq!(customer, "Bakery on the Corner");
    assert_eq!(world.cin7.customers(&world.acme().keys).len(), 1);
}

#[tokio::test]
async fn the_exact_name_wins_over_one_that_only_begins_so() {
    let world = World::start().await;
    world
        .customer("Corner Bakery and Sons", "sons@bakery.test", "USD")
        .await;
    world
        .customer("CORNER bakery", "orders@bakery.test", "USD")
        .await;
    let client = world.client("Corner Bakery");
    let found = world.customer_of(plain(client, "10.00")).await;
    assert_eq!(found, text("CORNER bakery", "name"));
}

#[tokio::test]
async fn a_name_that_only_begins_so_is_not_taken() {
    let world = World::start().await;
    world
        .customer("Corner Bakery and Sons", "sons@bakery.test", "USD")
        .await;
    let client = world.client("Corner Bakery");
    let found = world.customer_of(plain(client, "10.00")).await;
    assert_eq!(found, text("Corner Bakery", "created"));
}

#[tokio::test]
async fn a_client_that_cin7_knows_by_another_name_is_found_by_its_e_mail() {
    let world = World::start().await;
    world.customer("Jo's Garage", "JO@garage.test", "USD").await;
    let client = world.client_with_email(world.acme(), "Jo Miller", "jo@garage.test");
    let found = world.customer_of(plain(client, "10.00")).await;
    assert_eq!(found, text("Jo's Garage", "e-mail"));
}

#[tokio::test]
async fn a_client_that_cin7_does_not_know_becomes_a_customer() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let found = world.customer_of(plain(client, "10.00")).await;
    assert_eq!(found, text("Harbour Studio", "created"));
    let customers = world.cin7.customers(&world.acme().keys);
    let [customer] = customers.as_slice() else {
        panic!("{customers:?}");
    };
    assert_eq!(customer.contacts[0].email, "harbour.studio@example.test");
    assert_eq!(customer.currency, "USD");
    assert!(customer.comments.contains(&client.to_string()));
}

#[tokio::test]
async fn two_customers_with_the_clients_e_mail_are_for_a_person_and_a_name_settles_it() {
    let world = World::start().await;
    let one = world.customer("Garage One", "jo@garage.test", "USD").await;
    world.customer("Garage Two", "jo@garage.test", "USD").await;
    let client = world.client_with_email(world.acme(), "Jo Miller", "jo@garage.test");
    let id = world.send(plain(client, "10.00")).await;
    world.settle().await;
    let words = ["Invoice", "Garage One", "Garage Two", "Jo Miller"];
    world.assert_says(id, State::Attention, &words).await;
    assert!(world.sales(id).is_empty());
    world.check().await;

    let rename = json!({ "ID": one, "Name": "Jo Miller" });
    world.in_cin7(Method::PUT, "customer", Some(rename)).await;
    world.replay(id).await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_name_that_belongs_to_another_currency_is_made_again_with_the_currency() {
    let world = World::start().await;
    world
        .customer("Atelier Berlin", "usd@atelier.test", "USD")
        .await;
    let client = world.client("Atelier Berlin");
    let euros = |cost| NewInvoice {
        currency_code: Some("EUR".into()),
        ..plain(client, cost)
    };
    let found = world.customer_of(euros("10.00")).await;
    assert_eq!(found, text("Atelier Berlin (EUR)", "created"));
    let dollars = world.customer_of(plain(client, "20.00")).await;
    assert_eq!(dollars, text("Atelier Berlin", "name"));
    let again = world.customer_of(euros("30.00")).await;
    assert_eq!(again, text("Atelier Berlin (EUR)", ""));
}

#[tokio::test]
async fn where_customers_may_not_be_made_an_unknown_client_waits_and_names_the_line() {
    let setup = Setup::settings("start_date", "create_customers = false\nstart_date");
    let world = World::start_with(setup).await;
    let client = world.client("Harbour Studio");
    let id = world.send(plain(client, "10.00")).await;
    world.settle().await;
    let words = [
        "Harbour Studio",
        "`create_customers = true` under `[settings]`",
    ];
    world.assert_says(id, State::Waiting, &words).await;
    assert!(world.cin7.customers(&world.acme().keys).is_empty());
    assert!(world.cin7_calls(0).iter().all(|call| call.method == "GET"));
    world.check().await;

    world.customer("Harbour Studio", "", "USD").await;
    world.replay(id).await;
    world.assert_confirmed(id).await;
    world.check().await;
}

#[tokio::test]
async fn a_client_that_was_deleted_still_has_the_name_on_its_invoice() {
    let world = World::start().await;
    let client = world.client("Harbour Studio");
    let account = &world.acme().account;
    let id = world
        .freshbooks
        .create_invoice(account, plain(client, "10.00"));
    world.freshbooks.send_invoice(account, id).unwrap();
    world.freshbooks.delete_client(account, client).unwrap();
    world.deliver().await;
    world.settle().await;
    world.assert_confirmed(id).await;
    assert_eq!(world.sale(id).header.customer, "Harbour Studio");
    world.check().await;
}

#[tokio::test]
async fn two_clients_of_one_name_share_the_customer_and_neither_is_made_twice() {
    let world = World::start().await;
    for email in ["one@harbour.test", "two@harbour.test"] {
        let client = world.client_with_email(world.acme(), "Harbour Studio", email);
        let id = world.send(plain(client, "10.00")).await;
        world.settle().await;
        world.assert_confirmed(id).await;
    }
    assert_eq!(world.cin7.customers(&world.acme().keys).len(), 1);
    world.check().await;
}
