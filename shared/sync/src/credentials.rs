//! What refused keys mean: for one call nothing, for the connection that it stops.

use cin7::Reader;
use ledger::audit::Draft;
use ledger::{Connection, ConnectionId, Ledger, Refused, Status};

use crate::stop::{RESUMED, Stop, cin7_stop, vault_stop};
use crate::work::Work;

/// Why a connection does not work, as the rest of a sentence; `None` where it does.
pub(crate) fn stopped(connection: &Connection) -> Option<String> {
    let id = &connection.id;
    let what = match connection.status {
        Status::Active => return None,
        Status::Paused => return Some(format!("connection {id} is paused. Resume it.")),
        Status::NeedsConsent => "FreshBooks has to be connected again for",
        Status::KeysRefused => "Cin7's keys have to be replaced for",
        Status::Removed => return Some(format!("connection {id} was removed.")),
    };
    let why = connection.stopped.trim();
    Some(
        format!("{what} connection {id}. {why}")
            .trim_end()
            .to_owned(),
    )
}

/// Judges a refusal of Cin7's keys. Returns where newer keys are stored, with which the look may go on; else
/// the end of the look: keys that Cin7 refuses for its cheapest call too stop the connection.
pub(crate) async fn judge(work: &mut Work<'_>, sentence: String) -> Result<(), Stop> {
    let (engine, id) = (work.engine, work.connection.id.clone());
    let Some(version) = work.key_version() else {
        // The call was another record's, which this one follows.
        return Err(Stop::Retry(sentence));
    };
    let access = engine.cin7.reading();
    let newer = access.keys().after_refusal(&id, version).await;
    if newer
        .map_err(|error| vault_stop(&work.subject(), error))?
        .is_some()
    {
        work.note(Draft::new("newer keys"));
        work.close_cin7();
        return Ok(());
    }
    let writer = work.writer().await?;
    match keys_refused(&engine.ledger, &id, version, writer.reader()).await {
        Ok(Some(why)) => Err(Stop::Wait {
            what: RESUMED.to_owned(),
            sentence: format!("{} waits: {why}", work.subject()),
        }),
        // Cin7 takes the keys: it was this one call that it refused.
        Ok(None) => Err(Stop::Retry(sentence)),
        Err(Failed::Ledger(error)) => Err(error.into()),
        Err(Failed::Cin7(error)) => Err(match cin7_stop(&work.subject(), error) {
            Stop::Attention(_) => Stop::Retry(sentence),
            passing => passing,
        }),
    }
}

/// What kept the keys from being judged.
pub(crate) enum Failed {
    Ledger(ledger::Error),
    Cin7(cin7::Error),
}

/// Asks for the company, and stops the connection if Cin7 refuses that too: then why. One call.
pub(crate) async fn keys_refused(
    ledger: &Ledger,
    id: &ConnectionId,
    version: u64,
    reader: &Reader,
) -> Result<Option<String>, Failed> {
    let words = match reader.company().await {
        Ok(_) => return Ok(None),
        Err(cin7::Error::Unauthorized(words)) => words,
        Err(error) => return Err(Failed::Cin7(error)),
    };
    let why = format!(
        "Cin7 refuses the API keys of connection {id} ({words}). Store keys that it accepts; everything goes \
         on by itself then."
    );
    let stopped = ledger.stop(id, Refused::Keys(version), &why).await;
    if stopped.map_err(Failed::Ledger)? {
        tracing::error!(
            event = "connection_trouble", trouble = "connection_stopped",
            connection = %id,
            status = Status::KeysRefused.name(),
            "Cin7 refuses the keys"
        );
    }
    Ok(Some(why))
}
