//! The probe of a connection, as people run it.

use std::time::Duration;

use clock::later;
use connections::{Desk, Error, SettingsView};
use ledger::{ConnectionId, Ledger, Status};
use mapping::Settings;
use sync::Cin7WriteAccess;

use crate::progress::{Outcome, Progress, Thing};
use crate::sitting::{Sitting, Stop, failed};
use crate::steps::{self, Found, STEPS, Step};
use crate::view::ProbeView;
use crate::{account, apply};

/// After that long a request begins nothing more: a call may take ten seconds, and the gateway gives a
/// request thirty.
const PATIENCE: Duration = Duration::from_secs(12);

/// How a person asks for a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Whether it is meant: otherwise nothing is made, and what it would make is told.
    pub confirmed: bool,
    /// The company as `/me` names it, where it is meant although the account is in use.
    pub even_though: Option<String>,
}

/// Runs the probe of connections. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Prober {
    desk: Desk,
    ledger: Ledger,
    cin7: Cin7WriteAccess,
}

impl Prober {
    /// A prober on these clients; nothing is read. Calls through `cin7` should give up after 10 s.
    #[must_use]
    pub fn new(desk: Desk, ledger: Ledger, cin7: Cin7WriteAccess) -> Self {
        Self { desk, ledger, cin7 }
    }

    /// How far the probe of a connection got. No call of Cin7.
    ///
    /// # Errors
    /// There is no such connection, or the ledger cannot be read.
    pub async fn show(&self, id: &ConnectionId) -> Result<ProbeView, Error> {
        self.settings(id).await?;
        let (progress, _) = self.progress(id).await?;
        Ok(ProbeView::new(&progress, String::new()))
    }

    /// Runs one step, or says what it would make.
    ///
    /// # Errors
    /// There is no such connection or step; the account is in use or lacks something; or Cin7 did not
    /// answer: what was made is on the list then, and the step can be asked for again.
    pub async fn run(
        &self,
        id: &ConnectionId,
        step: &str,
        asked: &Asked,
    ) -> Result<ProbeView, Error> {
        let settings = self.settings(id).await?;
        let step = named(step)?;
        let (progress, version) = self.progress(id).await?;
        if !asked.confirmed {
            let sentence = format!(
                "The step {} makes {} in Cin7, and takes it away again; nothing was made. Ask with \
                 `confirmed` to run it.",
                step.name, step.makes
            );
            return Ok(ProbeView::new(&progress, sentence));
        }
        let mut sitting = self.sitting(id, &settings, (progress, version)).await?;
        let even_though = asked.even_though.as_deref();
        let ended = match account::ready(&mut sitting, &settings, even_though).await {
            Ok(()) => steps::run(step, &mut sitting).await,
            Err(stop) => Err(stop),
        };
        let found = match ended {
            Ok(found) => found,
            Err(Stop::Unsettled(sentence)) => Found::nothing(sentence),
            Err(Stop::Failed(error)) => return Err(error),
        };
        let sentence = found.sentence(step);
        let waiting = found.waiting;
        let outcome = Outcome {
            at: sitting.now(),
            findings: found.findings,
            sentence: found.why,
            waiting,
        };
        sitting
            .progress
            .outcomes
            .insert(step.name.to_owned(), outcome);
        // Before anything is removed: what was found must not be lost with what it was found by.
        sitting.save().await?;
        if !waiting {
            sitting.remove(|thing| thing.step == step.name).await?;
        }
        Ok(ProbeView::new(&sitting.progress, sentence))
    }

    /// Takes away everything that the probe made, found by id or by name.
    ///
    /// # Errors
    /// There is no such connection, its keys do not open, or the ledger or Cin7's list does not answer.
    pub async fn clean(&self, id: &ConnectionId) -> Result<ProbeView, Error> {
        let settings = self.settings(id).await?;
        let known = self.progress(id).await?;
        let mut sitting = self.sitting(id, &settings, known).await?;
        // Steps that wait would look for what is taken away now.
        sitting
            .progress
            .outcomes
            .retain(|_, outcome| !outcome.waiting);
        sitting.progress.account = None;
        let is_document = |thing: &Thing| thing.kind.is_document();
        sitting.remove(is_document).await?;
        sitting.sweep().await.map_err(failed)?;
        // What was tried already says why it stays.
        let untried = |thing: &Thing| is_document(thing) && thing.sentence.is_empty();
        sitting.remove(untried).await?;
        sitting.remove(|thing| !is_document(thing)).await?;
        let sentence = match sitting.progress.things.len() {
            0 => "Nothing that the probe made is left in Cin7, but what is voided or deprecated."
                .to_owned(),
            left => format!(
                "{left} of the things that the probe made may still be in Cin7; clean again, or take them away there."
            ),
        };
        Ok(ProbeView::new(&sitting.progress, sentence))
    }

    /// Writes the findings into the next version of the settings. The document keeps its comments and
    /// its order.
    ///
    /// # Errors
    /// There is no such connection, nothing was found, or somebody else changed the settings.
    pub async fn apply(&self, id: &ConnectionId) -> Result<SettingsView, Error> {
        self.settings(id).await?;
        let (progress, _) = self.progress(id).await?;
        let outcomes = progress.outcomes.values();
        let findings: Vec<_> = outcomes.flat_map(|outcome| &outcome.findings).collect();
        if findings.is_empty() {
            return Err(Error::Invalid(
                "The probe of this connection found nothing yet; nothing was changed.".to_owned(),
            ));
        }
        let document = self.document(id).await?;
        let document = apply::written(&document, &findings)?;
        self.desk.replace_settings(id, &document).await
    }

    async fn sitting<'a>(
        &'a self,
        id: &'a ConnectionId,
        settings: &Settings,
        (progress, version): (Progress, u64),
    ) -> Result<Sitting<'a>, Error> {
        let deadline = later(self.ledger.clock().now(), PATIENCE);
        Ok(Sitting {
            ledger: &self.ledger,
            id,
            writer: self.cin7.probing(id, deadline).await?,
            progress,
            version,
            deadline,
            settle: Duration::from_secs(u64::from(settings.cin7.settle_seconds)),
            bank_number: account::bank_number(settings),
        })
    }

    async fn progress(&self, id: &ConnectionId) -> Result<(Progress, u64), Error> {
        let Some((text, version)) = self.ledger.probe(id).await? else {
            return Ok((Progress::default(), 0));
        };
        let read = serde_json::from_str(&text).map_err(|error| {
            Error::Unavailable(format!(
                "What is known of the probe of {id} cannot be read: {error}."
            ))
        })?;
        Ok((read, version))
    }

    /// The settings of a connection that is not removed; defaults where it has none.
    async fn settings(&self, id: &ConnectionId) -> Result<Settings, Error> {
        Settings::parse(&self.document(id).await?).map_err(|error| {
            Error::Invalid(format!("The settings of {id} cannot be read: {error}"))
        })
    }

    async fn document(&self, id: &ConnectionId) -> Result<String, Error> {
        let known = self.ledger.connection(id).await?;
        let Some(connection) = known.filter(|known| known.status != Status::Removed) else {
            return Err(Error::NotFound(format!("There is no connection {id}.")));
        };
        let version = connection.settings_version;
        let document = self.ledger.settings(id, version).await?;
        Ok(document.unwrap_or_default())
    }
}

fn named(step: &str) -> Result<&'static Step, Error> {
    let found = STEPS.iter().find(|known| known.name == step);
    found.ok_or_else(|| {
        let names: Vec<_> = STEPS.iter().map(|known| known.name).collect();
        Error::NotFound(format!(
            "The probe has no such step; it has {}.",
            names.join(", ")
        ))
    })
}
