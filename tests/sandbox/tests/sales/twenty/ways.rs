//! The ways in which a connection may be broken.

use cin7_stand_in as cin7;
use freshbooks_stand_in as freshbooks;
use freshbooks_stand_in::sign;
use jiff::civil::date;
use ledger::{State, Status};
use local_aws::Service;

use super::{Document, record};
use crate::world::{NOUNS, Party, SETTINGS, Setup, VERIFIER, World};

/// More often than the SDK tries.
const TOO_OFTEN: usize = 3;

/// Deliveries of a flood.
const FLOOD: i64 = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    KeysRefused,
    ConsentRevoked,
    ScopeMissing,
    FreshBooksDown,
    FreshBooksGarbage,
    Cin7Down,
    Cin7Garbage,
    Cin7Limit,
    Held,
    Paused,
    Poison,
    Flood,
    HalfRemoved,
    Locked,
    WrongVerifier,
}

impl Way {
    pub(super) const ALL: [Self; 15] = [
        Self::KeysRefused,
        Self::ConsentRevoked,
        Self::ScopeMissing,
        Self::FreshBooksDown,
        Self::FreshBooksGarbage,
        Self::Cin7Down,
        Self::Cin7Garbage,
        Self::Cin7Limit,
        Self::Held,
        Self::Paused,
        Self::Poison,
        Self::Flood,
        Self::HalfRemoved,
        Self::Locked,
        Self::WrongVerifier,
    ];

    /// The connection's name too.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::KeysRefused => "keys-refused",
            Self::ConsentRevoked => "consent-revoked",
            Self::ScopeMissing => "scope-missing",
            Self::FreshBooksDown => "freshbooks-down",
            Self::FreshBooksGarbage => "freshbooks-garbage",
            Self::Cin7Down => "cin7-down",
            Self::Cin7Garbage => "cin7-garbage",
            Self::Cin7Limit => "cin7-limit",
            Self::Held => "held",
            Self::Paused => "paused",
            Self::Poison => "poison",
            Self::Flood => "flood",
            Self::HalfRemoved => "half-removed",
            Self::Locked => "locked",
            Self::WrongVerifier => "wrong-verifier",
        }
    }

    /// What it is made with.
    pub(super) fn setup(self, usual: Setup) -> Setup {
        match self {
            Self::ScopeMissing => Setup {
                scopes: &[
                    "user:profile:read",
                    "user:payments:read",
                    "user:clients:read",
                ],
                ..usual
            },
            Self::Held => Setup {
                settings: SETTINGS.replace("Main Warehouse", "A warehouse that burnt down"),
                ..usual
            },
            Self::Locked => {
                let mut setup = usual;
                setup.cin7.lock_date = Some(date(2026, 12, 31));
                setup
            }
            _ => usual,
        }
    }

    /// What happens to it before anything crosses.
    pub(super) async fn harm(self, world: &World, party: &Party) {
        let id = party.id.parse().unwrap();
        match self {
            Self::KeysRefused => world.cin7.revoke_key(&party.keys),
            Self::ConsentRevoked => world.freshbooks.disconnect(&party.app, &party.account),
            Self::Paused => {
                let ledger = world.plant.ledger();
                let paused = ledger.set_status(&id, Status::Paused, "A person paused it.");
                paused.await.unwrap();
            }
            Self::Poison => {
                for body in ["{", "{\"key\":\"poison/invoice/1\"}", "[]"] {
                    world.enqueue(party.id, body).await;
                }
            }
            Self::Flood => flood(world, party).await,
            Self::HalfRemoved => {
                for _ in 0..TOO_OFTEN {
                    let cut = local_aws::Fault::CutBefore;
                    let aws = world.plant.aws();
                    aws.fail_next(Service::DynamoDb, "BatchWriteItem", cut);
                }
                assert!(world.plant.desk().remove(&id).await.is_err());
            }
            Self::WrongVerifier => {
                for callback in world.freshbooks.callbacks(&party.account) {
                    world
                        .freshbooks
                        .disable_callback(&party.account, callback.id);
                }
                for noun in NOUNS {
                    let uri = format!("https://connector.test/freshbooks/{}/{noun}", party.id);
                    let account = &party.account;
                    world
                        .freshbooks
                        .register_callback(account, noun, &uri, "not what was stored");
                }
            }
            _ => {}
        }
    }

    /// Fails unless it had to suffer, so that the others had something not to notice.
    pub(super) async fn assert_broken(self, world: &World, party: &Party, documents: &[Document]) {
        let mut crossed = 0;
        for &document in documents {
            let record = record(world, party, document).await;
            crossed += usize::from(record.is_some_and(|it| it.state == State::Confirmed));
        }
        let name = self.name();
        match self {
            // What is no message stands in a list of its own, and what is one crosses.
            Self::Poison => {
                let records = world.plant.ledger().every_record().await.unwrap();
                let aside = |state| state == State::Attention;
                assert!(
                    records
                        .iter()
                        .any(|it| aside(it.state) && it.key.kind.as_str() == "message")
                );
                assert_eq!(crossed, documents.len(), "{name}");
            }
            Self::Flood => assert_eq!(crossed, documents.len(), "{name}"),
            _ => assert_eq!(crossed, 0, "{name}"),
        }
    }
}

/// Deliveries for invoices that nobody knows.
async fn flood(world: &World, party: &Party) {
    let uri = format!("https://connector.test/freshbooks/{}/invoice", party.id);
    for number in 0..FLOOD {
        let id = (900_000 + number).to_string();
        let fields = [
            ("name", "invoice.update"),
            ("object_id", id.as_str()),
            ("account_id", party.account.account_id.as_str()),
        ];
        let (body, signature) = sign(VERIFIER, &fields);
        assert_eq!(world.receive(&uri, &signature, &body).await, 200);
    }
}

/// Lets both services answer some connections as their way has it.
pub(super) fn haunt(world: &World, broken: &[(Way, Party)]) {
    let of = |way: Way| broken.iter().find(|(broken, _)| *broken == way);
    let account = |way| of(way).map(|(_, party)| party.account.account_id.clone());
    let answers = [
        (account(Way::FreshBooksDown), freshbooks::Fault::Status500),
        (account(Way::FreshBooksGarbage), freshbooks::Fault::Html200),
    ];
    world.freshbooks.decide(move |call| {
        let mut answers = answers.iter();
        let meant = answers.find(|(account, _)| {
            account
                .as_ref()
                .is_some_and(|account| call.path.contains(account))
        });
        meant.map(|(_, fault)| *fault)
    });
    let keys = |way| of(way).map(|(_, party)| party.keys.account_id.clone());
    let down = cin7::Fault::Status500 { applied: false };
    let garbage = cin7::Fault::Html200 { applied: false };
    let answers = [
        (keys(Way::Cin7Down), down),
        (keys(Way::Cin7Garbage), garbage),
        (keys(Way::Cin7Limit), cin7::Fault::Limit503Text),
    ];
    world.cin7.decide(move |call| {
        let mut answers = answers.iter();
        let meant = answers.find(|(account, _)| account.as_ref() == Some(&call.account_id));
        meant.map(|(_, fault)| *fault)
    });
}
