//! Clients, and what they are called.

use freshbooks::{Api, Client};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::server::{Canned, Server, http};

async fn read(client: Value) -> Client {
    let body = json!({"response": {"result": {"client": client}}});
    let server = Server::start(Canned::new(200, body)).await;
    let api = Api::new(http(), server.url.clone());
    let client = api
        .client(&SecretString::from("token"), "lbZ4Kq", "202155")
        .await
        .unwrap();
    assert_eq!(
        server.only_request().line,
        "GET /accounting/account/lbZ4Kq/users/clients/202155"
    );
    client.unwrap()
}

#[tokio::test]
async fn a_client_is_read_with_its_contact() {
    let client = read(json!({
        "id": 202155, "userid": 202155, "organization": "Client Co", "fname": "Ada", "lname": "B",
        "email": "ada@example.com", "bus_phone": "555 0100", "currency_code": "USD", "vis_state": 0
    }));
    insta::assert_debug_snapshot!(client.await, @r#"
    Client {
        id: "202155",
        name: "Client Co",
        contact: "Ada B",
        email: "ada@example.com",
        phone: "555 0100",
        currency: Some(
            Currency(
                [
                    85,
                    83,
                    68,
                ],
            ),
        ),
    }
    "#);
}

#[tokio::test]
async fn a_client_is_called_by_the_best_name_there_is() {
    let all = json!({"userid": "202155", "organization": " Client Co ", "fname": "Ada",
        "lname": "B", "email": "ada@example.com"});
    let without = |fields: &[&str]| {
        let mut client = all.clone();
        for field in fields {
            client[field] = json!("");
        }
        client
    };
    assert_eq!(read(all.clone()).await.name, "Client Co");
    assert_eq!(read(without(&["organization"])).await.name, "Ada B");
    assert_eq!(read(without(&["organization", "fname"])).await.name, "B");
    let nameless = ["organization", "fname", "lname"];
    assert_eq!(read(without(&nameless)).await.name, "ada@example.com");
    let bare = read(json!({"id": 202155, "organization": null, "currency_code": null})).await;
    assert_eq!(bare.name, "FreshBooks client 202155");
    assert_eq!(bare.currency, None);
    assert_eq!(
        (
            bare.contact.as_str(),
            bare.email.as_str(),
            bare.phone.as_str()
        ),
        ("", "", "")
    );
}
