use std::time::Duration;

use freshbooks_stand_in::{NewClient, NewInvoice};

use super::office::{Office, rows};

async fn with_invoices(count: usize) -> Office {
    let office = Office::open().await;
    for _ in 0..count {
        office.invoice();
    }
    office
}

#[tokio::test]
async fn a_page_has_fifteen_rows_and_never_more_than_a_hundred() {
    let office = with_invoices(101).await;
    for (query, length, pages, per_page) in [
        ("", 15, 7, 15),
        ("?per_page=250", 100, 2, 100),
        ("?per_page=100&page=2", 1, 2, 100),
        ("?page=0&per_page=50", 50, 3, 50),
        ("?page=9", 0, 7, 15),
    ] {
        let list = office
            .accounting(&format!("invoices/invoices{query}"))
            .await;
        assert_eq!(rows(&list, "invoices").len(), length, "{query}");
        let result = &list["response"]["result"];
        assert_eq!(
            (&result["pages"], &result["per_page"]),
            (&pages.into(), &per_page.into())
        );
        assert_eq!(result["total"], 101);
    }
}

#[tokio::test]
async fn an_empty_list_has_no_pages_and_a_page_that_is_no_number_is_refused() {
    let office = Office::open().await;
    let empty = office.accounting("taxes/taxes").await;
    assert_eq!(empty["response"]["result"]["pages"], 0);
    let token = office.access_token().await;
    let path = office.accounting_path("invoices/invoices?page=two");
    let (status, body) = office.get(&token, &path).await;
    assert_eq!(
        (status, &body["response"]["errors"][0]["errno"]),
        (422, &1014.into())
    );
}

#[tokio::test]
async fn filters_that_freshbooks_does_not_know_return_the_whole_list() {
    let office = with_invoices(2).await;
    for (query, expected) in [
        ("search[payment_status]=paid", 2),
        ("search[status]=4", 2),
        ("search[create_date_min]=2030-01-01", 2),
        ("search[updated_since]=2030-01-01", 2),
        ("search[paid]=true", 0),
        ("search[v3_status]=draft", 2),
        ("search[v3_status]=sent", 0),
        ("search[date_min]=2026-01-05", 2),
        ("search[date_max]=2026-01-05", 0),
        ("search[invoice_number]=0000002", 1),
        ("search[invoiceids][]=1002&search[invoiceids][]=1004", 2),
        ("search[customerid]=1001", 1),
        ("search%5Bcustomerid%5D=1001", 1),
    ] {
        let list = office
            .accounting(&format!("invoices/invoices?{query}"))
            .await;
        assert_eq!(rows(&list, "invoices").len(), expected, "{query}");
    }
}

#[tokio::test]
async fn updated_min_counts_whole_eastern_days_and_takes_nothing_finer() {
    let office = Office::open().await;
    // 03:30 UTC on the 6th is still the 5th in New York.
    office
        .clock
        .advance_to("2026-01-06T03:30:00Z".parse().unwrap());
    office.invoice();
    for (query, expected) in [
        ("search[updated_min]=2026-01-05", 1),
        ("search[updated_min]=2026-01-06", 0),
        ("search[updated_max]=2026-01-06", 1),
        ("search[updated_max]=2026-01-05", 0),
    ] {
        let list = office
            .accounting(&format!("invoices/invoices?{query}"))
            .await;
        assert_eq!(rows(&list, "invoices").len(), expected, "{query}");
    }
    let refused = office
        .accounting("invoices/invoices?search[updated_min]=2026-01-05T10:00:00Z")
        .await;
    assert_eq!(refused["response"]["errors"][0]["errno"], 1016);
}

#[tokio::test]
async fn lists_come_newest_first_unless_a_sort_key_works() {
    let office = Office::open().await;
    for day in ["2026-01-03", "2026-01-01", "2026-01-02"] {
        let form = NewInvoice {
            date: Some(day.parse().unwrap()),
            ..NewInvoice::default()
        };
        office.stand_in.create_invoice(&office.account, form);
        office.clock.advance(Duration::from_mins(1));
    }
    for (sort, expected) in [
        ("", ["02", "01", "03"]),
        ("?sort=create_date_asc", ["02", "01", "03"]),
        ("?sort=invoice_date_asc", ["01", "02", "03"]),
        ("?sort=invoice_date_desc", ["03", "02", "01"]),
    ] {
        let list = office.accounting(&format!("invoices/invoices{sort}")).await;
        let days: Vec<_> = rows(&list, "invoices")
            .iter()
            .map(|row| row["create_date"].as_str().unwrap()[8..].to_owned())
            .collect();
        assert_eq!(days, expected, "{sort}");
    }
}

#[tokio::test]
async fn clients_are_found_by_like_and_not_by_the_name_itself() {
    let office = Office::open().await;
    for name in ["Northwind", "Southwind", "Calm Ltd"] {
        let form = NewClient {
            organization: name.to_owned(),
            ..NewClient::default()
        };
        office.stand_in.create_client(&office.account, form);
    }
    for (query, expected) in [
        ("search[organization_like]=WIND", 2),
        ("search[organization]=Calm+Ltd", 3),
        ("search[email]=nobody@example.com", 0),
    ] {
        let list = office.accounting(&format!("users/clients?{query}")).await;
        assert_eq!(rows(&list, "clients").len(), expected, "{query}");
    }
}
