//! The functions, built as each of their `main`s builds them.

use connections::{Addresses, Desk, Parts, Upkeep};
use console::{Callers, Console};
use ledger::Ledger;
use poller::Poller;
use probe::Prober;
use processor::Processor;
use queue::Queue;
use schedules::{Place, Schedules};
use sync::{Backfills, CatchUps, Cin7Access, Cin7WriteAccess, Engine, Options, TieOuts, Watch};
use url::Url;
use vault::{KeyVault, OfferVault, TokenVault, Vault, VerifierVault};
use webhook::Webhook;

/// What the functions are built from, as often as one of them has to start anew.
#[derive(Debug)]
pub(super) struct Blueprint {
    pub(super) ledger: Ledger,
    pub(super) kms: aws_sdk_kms::Client,
    pub(super) sqs: aws_sdk_sqs::Client,
    pub(super) scheduler: aws_sdk_scheduler::Client,
    pub(super) place: Place,
    pub(super) http: reqwest::Client,
    pub(super) key_id: String,
    pub(super) queue_url: String,
    pub(super) addresses: Addresses,
    pub(super) cin7: Url,
    pub(super) options: Options,
}

/// The functions, with what they keep in memory.
#[derive(Debug)]
pub(super) struct Functions {
    pub(super) webhook: Webhook,
    pub(super) processor: Processor,
    pub(super) poller: Poller,
    pub(super) console: Console,
    pub(super) desk: Desk,
    pub(super) prober: Prober,
    pub(super) tie_outs: TieOuts,
}

impl Blueprint {
    /// New functions that know nothing yet; nothing is read.
    pub(super) fn build(&self) -> Functions {
        let Self {
            ledger,
            kms,
            sqs,
            http,
            key_id,
            queue_url,
            addresses,
            cin7,
            options,
            ..
        } = self;
        let keys = KeyVault::new(ledger.clone(), kms.clone());
        let pace = options.pace;
        let access = Cin7Access::new(ledger.clone(), keys, http.clone(), cin7.clone(), pace);
        let engine = Engine::new(
            ledger.clone(),
            self.freshbooks(),
            self.tokens(),
            Cin7WriteAccess::new(access.clone()),
            options.clone(),
        );
        let queue = Queue::new(sqs.clone(), queue_url);
        let verifiers = VerifierVault::new(ledger.clone(), kms.clone());
        let offers = OfferVault::new(ledger.clone(), kms.clone(), key_id);
        let (shared, known) = (access.clone(), options.clone());
        let watch = Watch::new(ledger.clone(), queue.clone(), shared, known);
        let (catch_ups, backfills) = self.freshbooks_passes(&queue);
        let vault = Vault::new(ledger.clone(), kms.clone(), key_id);
        let new_desk = || {
            Desk::new(Parts {
                ledger: ledger.clone(),
                vault: vault.clone(),
                tokens: self.tokens(),
                cin7: access.clone(),
                schedules: self.schedules(),
                http: http.clone(),
                addresses: addresses.clone(),
                random: startup::random,
            })
        };
        let desk = new_desk();
        let tie_outs = self.tie_outs(&access);
        let writing = Cin7WriteAccess::new(access.clone());
        let prober = Prober::new(desk.clone(), ledger.clone(), writing);
        Functions {
            webhook: Webhook::new(verifiers, offers, queue, ledger.clock().clone()),
            processor: Processor::new(engine, ledger.clone(), sqs.clone(), queue_url),
            poller: Poller::new(
                watch,
                Upkeep::new(new_desk()),
                backfills,
                catch_ups,
                tie_outs.clone(),
            ),
            console: Console::new(
                desk.clone(),
                prober.clone(),
                ledger.clone(),
                vault,
                key_id,
                &addresses.public,
                Callers::Sandbox,
            ),
            desk,
            prober,
            tie_outs,
        }
    }

    /// Each function is a process of its own, with tokens of its own in memory.
    fn tokens(&self) -> TokenVault {
        TokenVault::new(
            self.ledger.clone(),
            self.kms.clone(),
            &self.key_id,
            self.http.clone(),
            self.addresses.freshbooks.clone(),
        )
    }

    fn tie_outs(&self, access: &Cin7Access) -> TieOuts {
        let (api, tokens) = (self.freshbooks(), self.tokens());
        TieOuts::new(self.ledger.clone(), api, tokens, access.clone())
    }

    fn schedules(&self) -> Schedules {
        Schedules::new(self.scheduler.clone(), self.place.clone())
    }

    /// What the poller reads of FreshBooks: one process, so one memory of tokens.
    fn freshbooks_passes(&self, queue: &Queue) -> (CatchUps, Backfills) {
        let (ledger, api, tokens) = (self.ledger.clone(), self.freshbooks(), self.tokens());
        let catch_ups = CatchUps::new(ledger.clone(), api.clone(), tokens.clone());
        let pace = self.options.pace;
        let backfills = Backfills::new(ledger, queue.clone(), api, tokens, pace);
        (catch_ups, backfills)
    }

    fn freshbooks(&self) -> freshbooks::Api {
        freshbooks::Api::new(self.http.clone(), self.addresses.freshbooks.clone())
    }
}
