//! The lists of taxes and expense categories, and how any list is paged.

use freshbooks::{Api, Category, Error, Tax};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::server::{Canned, Server, http};

async fn taxes(server: &Server) -> Result<Vec<Tax>, Error> {
    Api::new(http(), server.url.clone())
        .taxes(&SecretString::from("token"), "lbZ4Kq")
        .await
}

async fn categories(server: &Server) -> Result<Vec<Category>, Error> {
    Api::new(http(), server.url.clone())
        .categories(&SecretString::from("token"), "lbZ4Kq")
        .await
}

fn page(key: &str, rows: &Value, counters: &Value) -> Canned {
    let mut result = counters.clone();
    result[key] = rows.clone();
    Canned::new(200, json!({"response": {"result": result}}))
}

fn tax(id: i64) -> Value {
    json!({"id": id, "taxid": id, "name": "HST", "number": null, "amount": "13.000",
        "compound": false, "updated": "2026-01-05 11:02:10", "accounting_systemid": "lbZ4Kq"})
}

fn ids(taxes: &[Tax]) -> Vec<&str> {
    taxes.iter().map(|tax| tax.id.as_str()).collect()
}

#[tokio::test]
async fn a_tax_has_a_percentage_whatever_type_it_is_written_in() {
    let rows = json!([tax(7), {"taxid": "8", "name": " QST ", "amount": 9.975, "compound": true,
        "number": "R-1"}]);
    let counters = json!({"page": 1, "pages": 1, "per_page": 100, "total": 2});
    let server = Server::start(page("taxes", &rows, &counters)).await;
    let listed = taxes(&server).await.unwrap();
    assert_eq!(
        server.only_request().line,
        "GET /accounting/account/lbZ4Kq/taxes/taxes?page=1&per_page=100"
    );
    let percents: Vec<String> = listed.iter().map(|tax| tax.percent.to_string()).collect();
    assert_eq!(percents, ["13", "9.975"]);
    assert_eq!(
        listed[1],
        Tax {
            id: "8".to_owned(),
            name: "QST".to_owned(),
            percent: "9.975".parse().unwrap(),
            number: Some("R-1".to_owned()),
            compound: true,
        }
    );
}

#[tokio::test]
async fn categories_know_their_parents_and_deleted_ones_are_left_out() {
    let rows = json!([
        {"id": 77, "categoryid": 77, "category": "Rent", "parentid": 5, "is_cogs": false,
            "is_editable": true, "vis_state": 0},
        {"categoryid": 78, "category": "Goods", "parentid": null, "is_cogs": true, "vis_state": 2},
        {"id": 79, "category": "Old", "parentid": 0, "vis_state": 1}
    ]);
    let counters = json!({"page": 1, "pages": 1, "per_page": 100, "total": 3});
    let server = Server::start(page("categories", &rows, &counters)).await;
    insta::assert_debug_snapshot!(categories(&server).await.unwrap(), @r#"
    [
        Category {
            id: "77",
            name: "Rent",
            parent_id: Some(
                "5",
            ),
            is_cost_of_goods_sold: false,
            visibility: Active,
        },
        Category {
            id: "78",
            name: "Goods",
            parent_id: None,
            is_cost_of_goods_sold: true,
            visibility: Archived,
        },
    ]
    "#);
    assert_eq!(
        server.only_request().line,
        "GET /accounting/account/lbZ4Kq/expenses/categories?page=1&per_page=100"
    );
}

#[tokio::test]
async fn a_list_whose_total_changes_on_the_way_is_read_again_from_the_start() {
    let counters = |total: i64| json!({"pages": 2, "total": total});
    let server = Server::in_turn(vec![
        page("taxes", &json!([tax(1), tax(2)]), &counters(3)),
        page("taxes", &json!([]), &counters(2)),
        page("taxes", &json!([tax(2), tax(3)]), &counters(2)),
        page("taxes", &json!([]), &counters(2)),
    ])
    .await;
    assert_eq!(ids(&taxes(&server).await.unwrap()), ["2", "3"]);
    assert_eq!(server.lines().len(), 4);
}

#[tokio::test]
async fn a_list_that_never_stands_still_is_asked_for_later() {
    let answers = (0..6)
        .map(|total| {
            page(
                "taxes",
                &json!([tax(1)]),
                &json!({"pages": 2, "total": total}),
            )
        })
        .collect();
    let server = Server::in_turn(answers).await;
    let error = taxes(&server).await.unwrap_err();
    assert!(matches!(error, Error::Transient(_)), "{error:?}");
    insta::assert_snapshot!(error, @"FreshBooks was asked to list the taxes and the list kept changing while it was read.");
}

#[tokio::test]
async fn a_list_without_counters_ends_with_the_first_page_that_brings_nothing_new() {
    let none = json!({});
    let server = Server::in_turn(vec![
        page("taxes", &json!([tax(1)]), &none),
        page("taxes", &json!([tax(2)]), &none),
        page("taxes", &json!([tax(2)]), &none),
    ])
    .await;
    assert_eq!(ids(&taxes(&server).await.unwrap()), ["1", "2"]);
    assert_eq!(server.lines().len(), 3);
}

#[tokio::test]
async fn a_list_without_an_end_is_given_up() {
    let counters = json!({"pages": 1_000_000, "total": 1});
    let server = Server::start(page("taxes", &json!([tax(1)]), &counters)).await;
    let error = taxes(&server).await.unwrap_err();
    assert_eq!(server.lines().len(), 200);
    insta::assert_snapshot!(error, @"FreshBooks was asked to list the taxes and shows more than 200 pages, which is more than are read. Put it right in FreshBooks, then try again.");
}

#[tokio::test]
async fn a_list_that_is_not_given_says_why() {
    let canned = |status, body: Value| Server::start(Canned::new(status, body));
    let lapsed = json!({"response": {"errors": [{"errno": 1042, "message": "Inactive."}]}});
    let error = taxes(&canned(403, json!({"message": "No."})).await).await;
    insta::assert_snapshot!(error.unwrap_err(), @"FreshBooks does not let this connection list the taxes: No. Probably the scope user:taxes:read is missing: enable it for the app in FreshBooks' developer portal, then connect the account again.");
    let error = categories(&canned(422, lapsed).await).await;
    insta::assert_snapshot!(error.unwrap_err(), @"FreshBooks refused to list the expense categories (HTTP 422): Inactive. Put it right in FreshBooks, then try again.");
    let gone = json!({"errno": 404, "message": "Not found."});
    let error = categories(&canned(404, gone).await).await;
    insta::assert_snapshot!(error.unwrap_err(), @"FreshBooks was asked to list the expense categories and says that there is no such thing. Put it right in FreshBooks, then try again.");
    let half = json!({"response": {"result": {"taxes": [{"id": 7}], "pages": 1}}});
    let error = taxes(&canned(200, half).await).await;
    insta::assert_snapshot!(error.unwrap_err(), @"FreshBooks was asked to list the taxes and its answer cannot be read: the percentage of tax 7 is missing. Put it right in FreshBooks, then try again.");
}
