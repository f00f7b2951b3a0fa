//! Cin7's keys, swapped while they are in use.

use local_aws::Service;
use vault::Cin7Keys;

use crate::bench::{Bench, acme, cin7_keys, same};

fn newer_keys() -> Cin7Keys {
    Cin7Keys {
        application_key: "cin7-application-key-newer".into(),
        ..cin7_keys()
    }
}

impl Bench {
    async fn replace_keys(&self, keys: &Cin7Keys) -> bool {
        self.vault.replace_cin7(&acme(), keys).await.unwrap()
    }
}

#[tokio::test]
async fn a_refusal_of_the_keys_that_are_stored_finds_none_newer_and_drops_what_was_cached() {
    let bench = Bench::start().await;
    assert!(bench.replace_keys(&cin7_keys()).await);
    let vault = bench.keys();
    let (_, version) = vault.versioned_keys(&acme()).await.unwrap();
    assert_eq!(version, bench.row("cin7").await.version);
    bench.aws.reset_calls();
    let newer = vault.after_refusal(&acme(), version).await.unwrap();
    assert!(newer.is_none());
    assert!(bench.operations(Service::Kms).is_empty());
    vault.cin7_keys(&acme()).await.unwrap();
    assert_eq!(bench.operations(Service::Kms), ["Decrypt"]);
}

#[tokio::test]
async fn new_keys_are_picked_up_at_once_after_a_refusal() {
    let bench = Bench::start().await;
    bench.replace_keys(&cin7_keys()).await;
    let vault = bench.keys();
    let (old, version) = vault.versioned_keys(&acme()).await.unwrap();
    assert!(bench.replace_keys(&newer_keys()).await);
    let cached = vault.cin7_keys(&acme()).await.unwrap();
    assert!(same(&cached.application_key, &old.application_key));

    let newer = vault.after_refusal(&acme(), version).await.unwrap();
    let (keys, newer) = newer.unwrap();
    assert!(newer > version);
    assert!(same(&keys.application_key, &newer_keys().application_key));
    let cached = vault.cin7_keys(&acme()).await.unwrap();
    assert!(same(&cached.application_key, &keys.application_key));
    assert!(vault.after_refusal(&acme(), newer).await.unwrap().is_none());
}

#[tokio::test]
async fn of_keys_that_are_stored_at_once_those_stay_whose_owner_is_told_so() {
    for _ in 0..5 {
        let bench = Bench::start().await;
        bench.replace_keys(&cin7_keys()).await;
        let mut third = newer_keys();
        third.application_key = "cin7-application-key-third".into();
        let newer = newer_keys();
        let told = tokio::join!(bench.replace_keys(&newer), bench.replace_keys(&third));
        let stored = bench.keys().cin7_keys(&acme()).await.unwrap();
        let is = |keys: &Cin7Keys| same(&stored.application_key, &keys.application_key);
        match told {
            (true, false) => assert!(is(&newer)),
            (false, true) => assert!(is(&third)),
            // One after the other.
            (true, true) => assert!(is(&newer) || is(&third)),
            (false, false) => panic!("neither is stored"),
        }
    }
}

#[tokio::test]
async fn the_app_of_a_connection_comes_back_and_can_be_replaced() {
    let bench = Bench::start().await;
    assert!(bench.vault.app(&acme()).await.unwrap().is_none());
    for secret in ["first", "second"] {
        let app = freshbooks::oauth::App {
            client_id: "client".to_owned(),
            client_secret: secret.into(),
            redirect_uri: None,
        };
        bench.vault.put_app(&acme(), &app).await.unwrap();
        let stored = bench.vault.app(&acme()).await.unwrap().unwrap();
        assert_eq!(stored.client_id, "client");
        assert!(same(&stored.client_secret, &secret.into()));
    }
}
