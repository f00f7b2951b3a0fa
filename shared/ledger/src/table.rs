//! The shape of the table, as `template.yaml` declares it and as tests and the sandbox make it.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType,
};

use crate::Error;

/// A secondary index: its name, hash key, range key and what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Index {
    /// Name.
    pub name: &'static str,
    /// Hash key, a string attribute that only items of the index have.
    pub hash: &'static str,
    /// Range key, a string attribute.
    pub range: &'static str,
    /// Whether the index carries whole items, or keys only.
    pub whole: bool,
}

/// What is due: records to try again, by time.
pub const DUE: Index = Index {
    name: "due",
    hash: "due_part",
    range: "due_at",
    whole: false,
};
/// Records by connection and state, by time of their last change.
pub const OPEN: Index = Index {
    name: "open",
    hash: "open_part",
    range: "updated_at",
    whole: true,
};
/// Records by what they wait for.
pub const WAITING: Index = Index {
    name: "waiting",
    hash: "waiting_part",
    range: "pk",
    whole: false,
};

/// All indexes of the table.
pub const INDEXES: [Index; 3] = [DUE, OPEN, WAITING];

/// Attribute after which DynamoDB may drop an item, in Unix seconds.
pub const TIME_TO_LIVE: &str = "expires_at";

/// Makes the table, where it does not exist yet. In AWS the template does this.
///
/// # Errors
/// [`Error::Unavailable`] with the service's words.
pub async fn create(client: &Client, table: &str) -> Result<(), Error> {
    let mut names = vec!["pk", "sk"];
    names.extend(INDEXES.iter().flat_map(|index| [index.hash, index.range]));
    names.sort_unstable();
    names.dedup();
    let attributes = names.into_iter().map(attribute).collect::<Result<_, _>>()?;
    let indexes = INDEXES.iter().map(index).collect::<Result<_, _>>()?;
    let made = client
        .create_table()
        .table_name(table)
        .billing_mode(BillingMode::PayPerRequest)
        .set_attribute_definitions(Some(attributes))
        .set_key_schema(Some(keys("pk", "sk")?))
        .set_global_secondary_indexes(Some(indexes))
        .send()
        .await;
    match made {
        Ok(_) => Ok(()),
        Err(error)
            if error
                .as_service_error()
                .is_some_and(|e| e.is_resource_in_use_exception()) =>
        {
            Ok(())
        }
        Err(error) => Err(Error::unavailable(&error)),
    }
}

fn attribute(name: &str) -> Result<AttributeDefinition, Error> {
    AttributeDefinition::builder()
        .attribute_name(name)
        .attribute_type(ScalarAttributeType::S)
        .build()
        .map_err(|error| Error::corrupt(name, error))
}

fn keys(hash: &str, range: &str) -> Result<Vec<KeySchemaElement>, Error> {
    [(hash, KeyType::Hash), (range, KeyType::Range)]
        .into_iter()
        .map(|(name, role)| {
            KeySchemaElement::builder()
                .attribute_name(name)
                .key_type(role)
                .build()
                .map_err(|error| Error::corrupt(name, error))
        })
        .collect()
}

fn index(index: &Index) -> Result<GlobalSecondaryIndex, Error> {
    let carries = if index.whole {
        ProjectionType::All
    } else {
        ProjectionType::KeysOnly
    };
    GlobalSecondaryIndex::builder()
        .index_name(index.name)
        .set_key_schema(Some(keys(index.hash, index.range)?))
        .projection(Projection::builder().projection_type(carries).build())
        .build()
        .map_err(|error| Error::corrupt(index.name, error))
}
