//! Answers that come a page at a time, made one.

use jiff::Timestamp;
use money::Decimal;
use serde_json::{Value, json};

use crate::call::Call;
use crate::client::Client;
use crate::failure::Failure;

/// What makes two totals the same sum, and what is added up in them.
const SAME: [&str; 7] = ["month", "kind", "currency", "outcome", "what", "from", "to"];

/// The whole answer to a call: as long as there is a cursor in it, the rest is asked for.
pub(crate) async fn all(client: &Client, mut call: Call) -> Result<Value, Failure> {
    let mut whole = client.send(&call, Timestamp::now()).await?;
    while let Some(cursor) = whole["cursor"].as_str().map(str::to_owned) {
        call = call.continued(&cursor)?;
        let page = client.send(&call, Timestamp::now()).await?;
        if page["cursor"].as_str() == Some(&cursor) {
            return Err(Failure::Refused(
                "The connector comes no further at the moment; ask again later.".to_owned(),
            ));
        }
        add(&mut whole, page);
    }
    Ok(whole)
}

/// Adds a page to those before it: lists go on, totals are added up.
fn add(whole: &mut Value, page: Value) {
    let Value::Object(page) = page else { return };
    for (name, value) in page {
        match value {
            Value::Array(rows) => {
                for row in rows {
                    add_row(&mut whole[&name], row);
                }
            }
            // How many there were, as of documents that were compared.
            Value::Number(more) => {
                let before = whole[&name].as_u64().unwrap_or_default();
                whole[&name] = json!(before + more.as_u64().unwrap_or_default());
            }
            other => whole[&name] = other,
        }
    }
}

fn add_row(list: &mut Value, row: Value) {
    let Some(rows) = list.as_array_mut() else {
        *list = json!([row]);
        return;
    };
    let is_sum = row["total"].is_string() && row["count"].is_u64();
    let same = |known: &&mut Value| is_sum && SAME.iter().all(|name| known[*name] == row[*name]);
    match rows.iter_mut().find(same) {
        Some(known) => {
            let count = |row: &Value| row["count"].as_u64().unwrap_or_default();
            known["total"] = json!((total(known) + total(&row)).to_string());
            known["count"] = json!(count(known) + count(&row));
        }
        None => rows.push(row),
    }
}

fn total(row: &Value) -> Decimal {
    let text = row["total"].as_str().unwrap_or_default();
    text.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_one_answer_with_its_totals_added_up() {
        let total = |month: &str, count: u64, total: &str| json!({ "month": month, "kind": "invoice", "currency": "USD", "outcome": "write", "count": count, "total": total });
        let mut whole =
            json!({ "records": [1], "totals": [total("2026-01", 1, "10.05")], "cursor": "a" });
        let totals = [total("2026-01", 2, "0.10"), total("2026-02", 1, "5.00")];
        add(
            &mut whole,
            json!({ "records": [2, 3], "totals": totals, "cursor": null }),
        );
        let totals = [total("2026-01", 3, "10.15"), total("2026-02", 1, "5.00")];
        let expected = json!({ "records": [1, 2, 3], "totals": totals, "cursor": null });
        assert_eq!(whole, expected);
    }
}
