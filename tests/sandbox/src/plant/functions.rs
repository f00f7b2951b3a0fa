//! The three functions, built as each of their `main`s builds them.

use ledger::Ledger;
use poller::Poller;
use processor::Processor;
use queue::Queue;
use sync::{Cin7Access, Cin7WriteAccess, Engine, Options, Watch};
use url::Url;
use vault::{KeyVault, TokenVault, VerifierVault};
use webhook::Webhook;

/// What the functions are built from, as often as one of them has to start anew.
#[derive(Debug)]
pub(super) struct Blueprint {
    pub(super) ledger: Ledger,
    pub(super) kms: aws_sdk_kms::Client,
    pub(super) sqs: aws_sdk_sqs::Client,
    pub(super) http: reqwest::Client,
    pub(super) key_id: String,
    pub(super) queue_url: String,
    pub(super) freshbooks: Url,
    pub(super) cin7: Url,
    pub(super) options: Options,
}

/// The functions, with what they keep in memory.
#[derive(Debug)]
pub(super) struct Functions {
    pub(super) webhook: Webhook,
    pub(super) processor: Processor,
    pub(super) poller: Poller,
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
            freshbooks,
            cin7,
            options,
        } = self;
        let clock = ledger.clock().clone();
        let keys = KeyVault::new(ledger.clone(), kms.clone());
        let tokens = TokenVault::new(
            ledger.clone(),
            kms.clone(),
            key_id,
            http.clone(),
            freshbooks.clone(),
        );
        let pace = options.pace;
        let access = Cin7Access::new(ledger.clone(), keys, http.clone(), cin7.clone(), pace);
        let engine = Engine::new(
            ledger.clone(),
            freshbooks::Api::new(http.clone(), freshbooks.clone()),
            tokens,
            Cin7WriteAccess::new(access.clone()),
            options.clone(),
        );
        let queue = Queue::new(sqs.clone(), queue_url);
        let verifiers = VerifierVault::new(ledger.clone(), kms.clone());
        let watch = Watch::new(ledger.clone(), queue.clone(), access, options.clone());
        Functions {
            webhook: Webhook::new(verifiers, queue, clock),
            processor: Processor::new(engine, ledger.clone(), sqs.clone(), queue_url),
            poller: Poller::new(watch),
        }
    }
}
