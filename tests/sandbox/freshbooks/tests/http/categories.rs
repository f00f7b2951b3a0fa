use freshbooks_stand_in::NewCategory;

use super::office::{Office, rows};

fn category(name: &str, parent_id: Option<i64>) -> NewCategory {
    NewCategory {
        name: name.to_owned(),
        parent_id,
        ..NewCategory::default()
    }
}

#[tokio::test]
async fn categories_are_listed_with_their_parents_and_deleted_ones_are_hidden() {
    let office = Office::open().await;
    let (stand_in, account) = (&office.stand_in, &office.account);
    let top = stand_in.create_category(account, category("Cost of goods", None));
    let below = stand_in.create_category(account, category("Freight", Some(top)));
    let old = stand_in.create_category(account, category("Old", Some(top)));
    stand_in
        .update_category(account, top, |category| category.is_cogs = true)
        .unwrap();
    stand_in.delete_category(account, old).unwrap();

    let list = office.accounting("expenses/categories").await;
    let rows = rows(&list, "categories");
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (&rows[0]["categoryid"], &rows[0]["parentid"]),
        (&below.into(), &top.into())
    );
    assert_eq!(rows[1]["category"], "Cost of goods");
    assert_eq!(
        (&rows[1]["is_cogs"], &rows[1]["is_editable"]),
        (&true.into(), &true.into())
    );
    assert!(rows[1]["parentid"].is_null());
    assert_eq!(rows[1]["created_at"], "2026-01-05 11:02:10");

    for (query, expected) in [
        ("search[parentid]=", 0),
        ("search[name]=FREI", 1),
        ("search[is_cogs]=true", 1),
        ("search[is_editable]=false", 0),
        ("search[category]=Freight", 2),
        ("search[vis_state]=1", 1),
    ] {
        let list = office
            .accounting(&format!("expenses/categories?{query}"))
            .await;
        assert_eq!(list["response"]["result"]["total"], expected, "{query}");
    }
    let deleted = office
        .accounting(&format!("expenses/categories/{old}"))
        .await;
    assert_eq!(deleted["response"]["result"]["category"]["vis_state"], 1);
}

#[tokio::test]
async fn categories_take_the_scope_of_expenses_and_announce_themselves() {
    let office = Office::open().await;
    let (status, _) = office.get_without_scope("expenses/categories").await;
    assert_eq!(status, 403);

    let (uri, verifier) = ("http://hooks.example/1", "Vr7k");
    office
        .stand_in
        .register_callback(&office.account, "category", uri, verifier);
    office
        .stand_in
        .create_category(&office.account, category("Rent", None));
    assert!(
        office.stand_in.pending()[0]
            .body
            .starts_with("name=category.create&")
    );
}
