//! The businesses of the person who consented.

use freshbooks::{Api, Business, Error};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::server::{Canned, Server, http};

async fn answered(status: u16, body: impl ToString) -> Result<Vec<Business>, Error> {
    let server = Server::start(Canned::new(status, body)).await;
    let businesses = Api::new(http(), server.url.clone())
        .businesses(&SecretString::from("eyJ.token"))
        .await;
    let request = server.only_request();
    assert_eq!(request.line, "GET /auth/api/v1/users/me");
    assert_eq!(request.authorization, "Bearer eyJ.token");
    businesses
}

fn person(memberships: Value) -> Value {
    json!({"response": {"id": 884_213, "identity_id": 884_213, "email": "ada@example.com",
        "business_memberships": memberships, "roles": [{"accountid": "lbZ4Kq", "role": "admin"}]}})
}

#[tokio::test]
async fn every_business_is_listed_with_those_that_cannot_be_connected() {
    let body = person(json!([
        {"id": 700_001, "role": "owner", "business": {"id": 5_501_223,
            "business_uuid": "0f3a1c2e-9d4b-4c6a-8e2f-5b7d9a1c3e4f", "name": " Acme ",
            "account_id": "lbZ4Kq", "timezone": "America/Toronto", "active": true}},
        {"id": 700_002, "role": "client", "business": {"id": 1, "name": "A supplier of theirs",
            "business_uuid": "9c2d0000-0000-4000-8000-000000000001", "account_id": null}},
        {"id": 700_003, "role": "contractor", "business": {"account_id": "../x"}},
        {"id": 700_004, "role": "client", "business": null}
    ]));
    insta::assert_debug_snapshot!(answered(200, body).await.unwrap(), @r#"
    [
        Business {
            account_id: Some(
                "lbZ4Kq",
            ),
            business_uuid: "0f3a1c2e-9d4b-4c6a-8e2f-5b7d9a1c3e4f",
            name: "Acme",
            role: "owner",
            timezone: Some(
                "America/Toronto",
            ),
        },
        Business {
            account_id: None,
            business_uuid: "9c2d0000-0000-4000-8000-000000000001",
            name: "A supplier of theirs",
            role: "client",
            timezone: None,
        },
        Business {
            account_id: None,
            business_uuid: "",
            name: "",
            role: "contractor",
            timezone: None,
        },
    ]
    "#);
}

#[tokio::test]
async fn a_person_without_a_business_is_an_answer_too() {
    assert_eq!(answered(200, person(json!([]))).await, Ok(Vec::new()));
}

#[tokio::test]
async fn an_identity_that_is_not_told_says_why() {
    let unauthenticated = json!({"error": "unauthenticated", "error_description": "…"});
    assert_eq!(
        answered(401, unauthenticated).await,
        Err(Error::Unauthenticated)
    );
    let error = answered(403, json!({"message": "No."})).await.unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks does not let this connection list the businesses of the person who consented: No. Probably the scope user:profile:read is missing: enable it for the app in FreshBooks' developer portal, then connect the account again.");
    let error = answered(200, json!({"response": {}})).await.unwrap_err();
    insta::assert_snapshot!(error, @"FreshBooks was asked to list the businesses of the person who consented and answered with HTTP 200 and neither the business_memberships nor a known error.");
}
