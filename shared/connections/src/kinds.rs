//! Which kinds of documents a connection can move: those that its settings have on and that FreshBooks was
//! consented to.

use ledger::Connection;
use mapping::Settings;
use serde::Serialize;

use crate::{Desk, Error};

/// A kind of documents that the settings have on and that a new consent is needed for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldBackKind {
    /// Of its records: `bill_payment`.
    pub kind: String,
    /// The scopes that FreshBooks did not grant.
    pub missing_scopes: Vec<String>,
}

/// What a connection can move.
#[derive(Debug)]
pub(crate) struct Kinds {
    settings: Settings,
    /// As of a token pair; empty where nobody knows what was granted.
    granted: String,
}

impl Kinds {
    /// What a connection could move under these settings.
    pub(crate) fn new(connection: &Connection, settings: Settings) -> Self {
        Self {
            settings,
            granted: connection.scopes.join(" "),
        }
    }

    /// Whether records of this kind are to cross and can be read.
    pub(crate) fn move_and_can_be_read(&self, kind: &str) -> bool {
        let is_known = !self.granted.is_empty();
        let lacks = is_known && !freshbooks::scopes::missing_of(&self.granted, kind).is_empty();
        self.settings.documents.moves(kind) && !lacks
    }

    /// The kinds that are to cross and that nobody consented to. Of a connection from a file it is not
    /// known what was granted.
    pub(crate) fn held_back(&self) -> Vec<HeldBackKind> {
        if self.granted.is_empty() {
            return Vec::new();
        }
        held_back(&self.granted, &self.settings)
    }
}

/// The kinds that the settings have on and that `granted`, the `scope` of a token pair, does not allow.
pub(crate) fn held_back(granted: &str, settings: &Settings) -> Vec<HeldBackKind> {
    let held = freshbooks::scopes::held_back(granted, |kind| settings.documents.moves(kind));
    let named = |one: freshbooks::scopes::HeldBack| HeldBackKind {
        kind: one.kind.to_owned(),
        missing_scopes: one.missing.into_iter().map(str::to_owned).collect(),
    };
    held.into_iter().map(named).collect()
}

/// What to do for kinds that are held back, for a person.
pub(crate) fn how_to_let_in(connection: &Connection, held: &[HeldBackKind]) -> String {
    let kinds: Vec<String> = held.iter().map(|one| one.kind.replace('_', " ")).collect();
    format!(
        "FreshBooks was not asked about {}: enable their scopes for the app in its developer portal, then \
         connect again with `connectorctl connection connect {}`, or switch them off under \
         [settings.documents].",
        kinds.join(", "),
        connection.id
    )
}

impl Desk {
    /// What a connection can move now.
    pub(crate) async fn kinds(&self, connection: &Connection) -> Result<Kinds, Error> {
        let settings = self.settings_in_force(connection).await?;
        Ok(Kinds::new(connection, settings))
    }

    /// A connection's settings; what a document without a line says where they cannot be read any more.
    pub(crate) async fn settings_in_force(
        &self,
        connection: &Connection,
    ) -> Result<Settings, Error> {
        let document = self.document(connection, None).await?;
        Ok(Settings::parse(&document).unwrap_or_default())
    }
}
