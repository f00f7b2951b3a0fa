//! The calls about connections, and the bodies that hold secrets.

use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Call;
use crate::arguments::{ConnectionCommand, Name, SettingsCommand};
use crate::asking;
use crate::failure::Failure;

/// The call of a command about connections.
pub(super) fn of(command: &ConnectionCommand) -> Result<Call, Failure> {
    use ConnectionCommand as C;
    match command {
        C::Add {
            connection,
            client_id,
            settings,
            stdin,
        } => {
            let settings = settings.as_deref().map(asking::document).transpose()?;
            let app = App::ask(client_id, *stdin)?;
            let new = NewConnection {
                id: connection.to_string(),
                app,
                settings,
            };
            Call::new(Method::POST, "connections".to_owned()).with(&new)
        }
        C::List => Ok(Call::new(Method::GET, "connections".to_owned())),
        C::Show { connection } => Ok(Call::on(Method::GET, connection, "")),
        C::App {
            connection,
            client_id,
            stdin,
        } => Call::on(Method::PUT, connection, "/app").with(&App::ask(client_id, *stdin)?),
        C::Connect { connection } => Ok(Call::on(Method::POST, connection, "/consent")),
        C::Businesses { connection } => Ok(Call::on(Method::GET, connection, "/businesses")),
        C::Pick {
            connection,
            account,
        } => Call::on(Method::PUT, connection, "/business").with(&json!({ "account_id": account })),
        C::Keys { connection, stdin } => {
            let [account_id, application_key] =
                asking::secrets(["account id", "application key"], *stdin)?;
            Call::on(Method::PUT, connection, "/keys").with(&Keys {
                account_id,
                application_key,
            })
        }
        C::Callbacks {
            connection,
            register,
        } => {
            let method = if *register { Method::POST } else { Method::GET };
            Ok(Call::on(method, connection, "/callbacks"))
        }
        C::Schedule {
            connection,
            expression,
            timezone,
        } => of_schedule(connection, expression.as_deref(), timezone),
        C::Check { connection, file } => {
            let document = file.as_deref().map(asking::document).transpose()?;
            check(connection, &document.map_or_else(|| json!({}), given))
        }
        C::Settings(command) => of_settings(command),
        C::Pause { connection } => Ok(Call::on(Method::POST, connection, "/pause")),
        C::Resume { connection } => Ok(Call::on(Method::POST, connection, "/resume")),
        C::Remove { connection, yes } => {
            asking::confirm_removal(connection, *yes)?;
            Ok(Call::on(Method::DELETE, connection, ""))
        }
    }
}

fn of_settings(command: &SettingsCommand) -> Result<Call, Failure> {
    use SettingsCommand as S;
    match command {
        S::Get {
            connection,
            version,
        } => {
            let mut call = Call::on(Method::GET, connection, "/settings");
            call.query
                .extend(version.map(|version| ("version", version.to_string())));
            Ok(call)
        }
        S::Compare { connection, file } => {
            let document = given(asking::document(file)?);
            Call::on(Method::POST, connection, "/settings/compare").with(&document)
        }
        S::Set {
            connection, file, ..
        } => {
            let document = given(asking::document(file)?);
            let mut call = Call::on(Method::PUT, connection, "/settings").with(&document)?;
            call.before = Some(Box::new(check(connection, &document)?));
            Ok(call)
        }
    }
}

fn given(document: String) -> Value {
    json!({ "document": document })
}

fn check(connection: &Name, body: &Value) -> Result<Call, Failure> {
    Call::on(Method::POST, connection, "/settings/check").with(body)
}

fn of_schedule(
    connection: &Name,
    expression: Option<&str>,
    timezone: &str,
) -> Result<Call, Failure> {
    match expression {
        None => Ok(Call::on(Method::GET, connection, "")),
        Some(expression) => Call::on(Method::PUT, connection, "/schedule")
            .with(&json!({ "expression": expression, "timezone": timezone })),
    }
}

#[derive(Serialize)]
struct NewConnection<'a> {
    id: String,
    #[serde(flatten)]
    app: App<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<String>,
}

#[derive(Serialize)]
struct App<'a> {
    client_id: &'a str,
    #[serde(serialize_with = "exposed")]
    client_secret: SecretString,
}

#[derive(Serialize)]
struct Keys {
    #[serde(serialize_with = "exposed")]
    account_id: SecretString,
    #[serde(serialize_with = "exposed")]
    application_key: SecretString,
}

/// The one place where a secret leaves this program.
fn exposed<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

impl<'a> App<'a> {
    fn ask(client_id: &'a str, stdin: bool) -> Result<Self, Failure> {
        let [client_secret] = asking::secrets(["client secret"], stdin)?;
        Ok(Self {
            client_id,
            client_secret,
        })
    }
}
