//! Under which KMS keys secrets sit, and bringing them under the present one.

use lambda_http::http::StatusCode;
use serde_json::json;
use vault::Held;

use crate::Console;
use crate::refusal::Refusal;
use crate::reply::{self, Reply};

impl Console {
    pub(super) async fn report_secrets(&self) -> Result<Reply, Refusal> {
        let held = self.vault.report(&self.key_id).await?;
        let old = old(&held);
        let sentence = match old {
            0 => "All secrets sit under the present KMS key.".to_owned(),
            _ => format!(
                "{} under an old KMS key; rewrap moves them.",
                count(old, "sits", "sit")
            ),
        };
        let view = |held: Held| {
            json!({
                "connection": held.connection, "what": held.what.to_string(),
                "key_id": held.key_id, "current": held.current,
            })
        };
        let secrets: Vec<_> = held.into_iter().map(view).collect();
        reply::ok(&json!({ "secrets": secrets, "old": old, "sentence": sentence }))
    }

    /// Of every connection; one that fails keeps none of the others back.
    pub(super) async fn rewrap_secrets(&self) -> Result<Reply, Refusal> {
        let (mut rewrapped, mut failed) = (0, None);
        for connection in self.ledger.connections().await? {
            match self.vault.rewrap(&connection).await {
                Ok(more) => rewrapped += more,
                Err(error) => {
                    failed.get_or_insert((connection, error));
                }
            }
        }
        let moved = format!(
            "{} under the present KMS key",
            count(rewrapped, "was brought", "were brought")
        );
        if let Some((connection, error)) = failed {
            let sentence = format!(
                "Not all secrets could be moved; the first was one of connection {connection}: {error}. {moved}; ask again for the rest."
            );
            return Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, sentence));
        }
        let old = old(&self.vault.report(&self.key_id).await?);
        let sentence = format!("{moved}; {} under an old one.", count(old, "sits", "sit"));
        reply::ok(&json!({ "rewrapped": rewrapped, "old": old, "sentence": sentence }))
    }
}

fn old(held: &[Held]) -> usize {
    held.iter().filter(|held| !held.current).count()
}

fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 secret {one}"),
        _ => format!("{number} secrets {many}"),
    }
}
