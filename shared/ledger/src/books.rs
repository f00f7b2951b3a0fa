//! Cached Cin7 reference books, as JSON text, and other texts that are longer than an item (400 KB):
//! cut into parts that fit one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ConnectionId, Error, Ledger};

const LONGEST_PART: usize = 300 * 1024;

#[derive(Serialize, Deserialize)]
struct Part {
    at: Timestamp,
    parts: usize,
    text: String,
}

impl Ledger {
    /// A cached book and when it was read from Cin7. Parts of two different readings are no book.
    ///
    /// # Errors
    /// The table could not be read.
    pub async fn book(
        &self,
        connection: &ConnectionId,
        name: &str,
    ) -> Result<Option<(String, Timestamp)>, Error> {
        self.whole_text(connection, &format!("REF#{name}#")).await
    }

    /// A text that was cut into parts, whose sort keys begin like this.
    pub(crate) async fn whole_text(
        &self,
        connection: &ConnectionId,
        prefix: &str,
    ) -> Result<Option<(String, Timestamp)>, Error> {
        let parts: Vec<Part> = self.query(&connection.pk(), prefix).await?;
        let Some((at, count)) = parts.first().map(|part| (part.at, part.parts)) else {
            return Ok(None);
        };
        let same: Vec<&Part> = parts
            .iter()
            .take(count)
            .filter(|part| part.at == at)
            .collect();
        if same.len() < count {
            return Ok(None);
        }
        Ok(Some((
            same.iter().map(|part| part.text.as_str()).collect(),
            at,
        )))
    }

    /// Caches a book.
    ///
    /// # Errors
    /// The table could not be written.
    pub async fn put_book(
        &self,
        connection: &ConnectionId,
        name: &str,
        text: &str,
    ) -> Result<(), Error> {
        self.put_whole_text(connection, &format!("REF#{name}#"), text)
            .await
    }

    /// Stores a text in parts whose sort keys begin like this.
    pub(crate) async fn put_whole_text(
        &self,
        connection: &ConnectionId,
        prefix: &str,
        text: &str,
    ) -> Result<(), Error> {
        let pieces = cut(text);
        let at = self.now();
        for (number, piece) in pieces.iter().enumerate() {
            let part = Part {
                at,
                parts: pieces.len(),
                text: (*piece).to_owned(),
            };
            self.put(
                &connection.pk(),
                &format!("{prefix}{number:03}"),
                &part,
                None,
            )
            .await?;
        }
        Ok(())
    }
}

fn cut(mut text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    while text.len() > LONGEST_PART {
        let (piece, rest) = text.split_at(text.floor_char_boundary(LONGEST_PART));
        pieces.push(piece);
        text = rest;
    }
    pieces.push(text);
    pieces
}
