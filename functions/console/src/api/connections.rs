//! Setting up, rotating, stopping and removing connections: the desk, by HTTP.

use connections::NewConnection;
use lambda_http::http::StatusCode;
use ledger::ConnectionId;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::json;

use crate::Console;
use crate::asked::Asked;
use crate::body::filled;
use crate::refusal::Refusal;
use crate::reply::{self, Reply};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    id: ConnectionId,
    client_id: String,
    client_secret: SecretString,
    #[serde(default)]
    settings: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct App {
    client_id: String,
    client_secret: SecretString,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Business {
    account_id: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keys {
    account_id: SecretString,
    application_key: SecretString,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Schedule {
    expression: String,
    #[serde(default = "utc")]
    timezone: String,
}

fn utc() -> String {
    "UTC".to_owned()
}

impl Console {
    pub(super) async fn list_connections(&self) -> Result<Reply, Refusal> {
        reply::ok(&json!({ "connections": self.desk.list().await? }))
    }

    pub(super) async fn add_connection(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let New {
            id,
            client_id,
            client_secret,
            settings,
        } = asked.body()?;
        filled("client_id", &client_id)?;
        filled("client_secret", client_secret.expose_secret())?;
        let new = NewConnection {
            id,
            client_id,
            client_secret,
            settings,
        };
        reply::json(StatusCode::CREATED, &self.desk.add(new).await?)
    }

    pub(super) async fn show_connection(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        reply::ok(&self.desk.show(&asked.connection()?).await?)
    }

    pub(super) async fn remove_connection(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let connection = asked.connection()?;
        self.desk.remove(&connection).await?;
        reply::ok(&json!({ "removed": connection }))
    }

    pub(super) async fn replace_app(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let App {
            client_id,
            client_secret,
        } = asked.body()?;
        filled("client_id", &client_id)?;
        filled("client_secret", client_secret.expose_secret())?;
        let connection = asked.connection()?;
        let replaced = self.desk.replace_app(&connection, client_id, client_secret);
        reply::ok(&replaced.await?)
    }

    pub(super) async fn begin_consent(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        reply::ok(&self.desk.begin_consent(&asked.connection()?).await?)
    }

    pub(super) async fn list_businesses(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let businesses = self.desk.businesses(&asked.connection()?).await?;
        reply::ok(&json!({ "businesses": businesses }))
    }

    pub(super) async fn pick_business(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let Business { account_id } = asked.body()?;
        filled("account_id", &account_id)?;
        reply::ok(&self.desk.pick(&asked.connection()?, &account_id).await?)
    }

    pub(super) async fn replace_keys(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let Keys {
            account_id,
            application_key,
        } = asked.body()?;
        filled("account_id", account_id.expose_secret())?;
        filled("application_key", application_key.expose_secret())?;
        let connection = asked.connection()?;
        let replaced = self
            .desk
            .replace_keys(&connection, account_id, application_key);
        reply::ok(&replaced.await?)
    }

    pub(super) async fn show_callbacks(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let overview = self.desk.show(&asked.connection()?).await?;
        reply::ok(&json!({ "callbacks": overview.callbacks }))
    }

    pub(super) async fn register_callbacks(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let callbacks = self.desk.register_callbacks(&asked.connection()?).await?;
        reply::ok(&json!({ "callbacks": callbacks }))
    }

    pub(super) async fn pause(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        reply::ok(&self.desk.pause(&asked.connection()?).await?)
    }

    pub(super) async fn resume(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        reply::ok(&self.desk.resume(&asked.connection()?).await?)
    }

    pub(super) async fn replace_schedule(&self, asked: &Asked<'_>) -> Result<Reply, Refusal> {
        let Schedule {
            expression,
            timezone,
        } = asked.body()?;
        let connection = asked.connection()?;
        let replaced = self
            .desk
            .replace_schedule(&connection, &expression, &timezone);
        reply::ok(&replaced.await?)
    }
}
