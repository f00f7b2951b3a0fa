//! From a route to what carries it out.

mod backfill;
mod connections;
mod preview;
mod probe;
mod records;
mod secrets;
mod settings;
mod tie_out;
mod trail;
mod view;

use crate::Console;
use crate::asked::Asked;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::routes::{Route, What};

impl Console {
    /// Answers a request of the API.
    pub(crate) async fn answer(&self, route: &Route, asked: Asked<'_>) -> Result<Reply, Refusal> {
        match route.what {
            What::ListConnections => self.list_connections().await,
            What::AddConnection => self.add_connection(&asked).await,
            What::ShowConnection => self.show_connection(&asked).await,
            What::RemoveConnection => self.remove_connection(&asked).await,
            What::ReplaceApp => self.replace_app(&asked).await,
            What::BeginConsent => self.begin_consent(&asked).await,
            What::ListBusinesses => self.list_businesses(&asked).await,
            What::PickBusiness => self.pick_business(&asked).await,
            What::ReplaceKeys => self.replace_keys(&asked).await,
            What::ShowCallbacks => self.show_callbacks(&asked).await,
            What::RegisterCallbacks => self.register_callbacks(&asked).await,
            What::Pause => self.pause(&asked).await,
            What::Resume => self.resume(&asked).await,
            What::StartBackfill => self.start_backfill(&asked).await,
            What::ShowBackfill => self.show_backfill(&asked).await,
            What::PauseBackfill => self.pause_backfill(&asked).await,
            What::ResumeBackfill => self.resume_backfill(&asked).await,
            What::StopBackfill => self.stop_backfill(&asked).await,
            What::ReplaceSchedule => self.replace_schedule(&asked).await,
            What::ShowSettings => self.show_settings(&asked).await,
            What::ReplaceSettings => self.replace_settings(&asked).await,
            What::CheckSettings => self.check_settings(&asked).await,
            What::CompareSettings => self.compare_settings(&asked).await,
            What::Preview => self.preview(&asked).await,
            What::ListRecords => self.list_records(&asked).await,
            What::ShowRecord => self.show_record(&asked).await,
            What::ShowTrail => self.show_trail(&asked).await,
            What::VerifyTrail => self.verify_trail(&asked).await,
            What::Replay => self.replay(&asked).await,
            What::ShowTieOut => self.show_tie_out(&asked).await,
            What::MakeTieOut => self.make_tie_out(&asked).await,
            What::ShowProbe => self.show_probe(&asked).await,
            What::RunProbe => self.run_probe(&asked).await,
            What::CleanProbe => self.clean_probe(&asked).await,
            What::ApplyProbe => self.apply_probe(&asked).await,
            What::ReportSecrets => self.report_secrets().await,
            What::RewrapSecrets => self.rewrap_secrets().await,
            // The router has answered these.
            What::OpenTicket | What::TakeConsent => {
                Err(Refusal::missing("There is nothing at this address."))
            }
        }
    }
}
