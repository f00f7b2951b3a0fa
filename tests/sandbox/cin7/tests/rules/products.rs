//! `/product`.

use crate::bench::{Bench, with, without};

const PRODUCT: &str = r#"{"SKU": "CONSULTING", "Name": "Consulting by the hour",
    "Category": "Services", "Type": "Service", "CostingMethod": "FIFO", "UOM": "Hour",
    "Status": "Active", "RevenueAccount": "200", "SaleTaxRule": "Tax on Sales"}"#;

#[tokio::test]
async fn a_new_product_is_found_by_any_part_of_its_name_or_sku() {
    let bench = Bench::start().await;
    let id = bench.make("product", PRODUCT).await.at("/Products/0/ID");
    assert_eq!(
        bench.get("product?Name=by the").await.at("/Products/0/ID"),
        id
    );
    assert_eq!(bench.get("product?Sku=sult").await.at("/Products/0/ID"), id);
    assert_eq!(
        bench.get(&format!("product?ID={id}")).await.at("/Total"),
        "1"
    );
}

#[tokio::test]
async fn every_required_attribute_is_asked_for() {
    let bench = Bench::start().await;
    for name in [
        "SKU",
        "Name",
        "Category",
        "Type",
        "CostingMethod",
        "UOM",
        "Status",
    ] {
        let answer = bench.post("product", &without(PRODUCT, name)).await;
        answer.assert_refused(&format!("Required attribute {name} is not provided."));
    }
}

#[tokio::test]
async fn a_sku_is_unique_whatever_its_case() {
    let bench = Bench::start().await;
    let answer = bench
        .post("product", &with(PRODUCT, r#"{"SKU": "fb-service"}"#))
        .await;
    answer.assert_refused("Product with SKU 'fb-service' already exists");
}

#[tokio::test]
async fn a_missing_category_has_code_404_inside_the_body() {
    let bench = Bench::start().await;
    let answer = bench
        .post("product", &with(PRODUCT, r#"{"Category": "Toys"}"#))
        .await;
    answer.assert_refused("Category not found.");
    assert_eq!(answer.at("/0/ErrorCode"), "404");
}

#[tokio::test]
async fn a_unit_and_an_account_have_to_exist() {
    let bench = Bench::start().await;
    let answer = bench
        .post("product", &with(PRODUCT, r#"{"UOM": "Box"}"#))
        .await;
    answer.assert_refused("Unit of measure not found.");
    let answer = bench
        .post("product", &with(PRODUCT, r#"{"RevenueAccount": "090"}"#))
        .await;
    answer.assert_refused("Revenue account '090' was not found");
}
