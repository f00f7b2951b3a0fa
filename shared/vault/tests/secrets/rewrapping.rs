//! Which KMS key the secrets are under, and bringing them under another.

use ledger::{Hook, HookState};
use local_aws::{Fault, Service};
use vault::{Error, Held, Vault};

use crate::bench::{Bench, KEY, acme, cin7_keys, new_key, same};

const NEWER: &str = "alias/newer";

impl Bench {
    /// A connection with every kind of secret, and a newer KMS key.
    async fn full() -> Self {
        let (bench, _) = Bench::connected().await;
        bench.vault.put_cin7(&acme(), &cin7_keys()).await.unwrap();
        for verifier in ["first", "second"] {
            bench
                .vault
                .put_verifier(&acme(), "invoice", &verifier.into())
                .await
                .unwrap();
        }
        let mut hook = Hook {
            state: HookState::Registering,
            ..Hook::default()
        };
        let ledger = &bench.ledger;
        ledger
            .put_hook(&acme(), "payment", &mut hook)
            .await
            .unwrap();
        let offers = bench.offers();
        let offered = offers
            .offer(&acme(), "payment", "2001", &"third".into())
            .await;
        assert_eq!(offered, Ok(true));
        new_key(&bench.aws, NEWER).await;
        bench.aws.reset_calls();
        bench
    }

    fn newer(&self) -> Vault {
        Vault::new(self.ledger.clone(), self.aws.kms(), NEWER)
    }

    async fn report(&self, key_id: &str) -> Vec<Held> {
        self.vault.report(key_id).await.unwrap()
    }

    async fn assert_under(&self, key_id: &str) {
        let held = self.report(key_id).await;
        assert_eq!(held.len(), 5);
        assert!(held.iter().all(|held| held.current), "{held:?}");
    }

    /// Everything opens, by vaults that have cached nothing.
    async fn assert_opens(&self) {
        let keys = self.keys().cin7_keys(&acme()).await.unwrap();
        assert!(same(&keys.account_id, &cin7_keys().account_id));
        let token = self.tokens().access_token(&acme(), None, "worker").await;
        assert!(self.accepts(&token.unwrap()).await);
        let verifiers = self.verifiers().verifiers(&acme(), "invoice").await;
        assert_eq!(verifiers.unwrap().len(), 2);
        let hook = self.ledger.hook(&acme(), "payment").await.unwrap();
        let offered = hook.unwrap().offered.unwrap();
        let opened = self.vault.offered_verifier(&acme(), &offered).await;
        assert!(same(&opened.unwrap(), &"third".into()));
    }

    async fn disable_old_key(&self) {
        let disable = self.aws.kms().disable_key().key_id(self.arn(KEY).await);
        disable.send().await.unwrap();
    }

    async fn arn(&self, alias: &str) -> String {
        let described = self.aws.kms().describe_key().key_id(alias).send().await;
        described.unwrap().key_metadata.unwrap().arn.unwrap()
    }
}

#[tokio::test]
async fn a_report_names_every_secret_with_its_key_and_opens_none() {
    let bench = Bench::full().await;
    let held = bench.report(KEY).await;
    assert_eq!(bench.operations(Service::Kms), ["DescribeKey"]);
    let names: Vec<String> = held.iter().map(|held| held.what.to_string()).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    cin7 secret
    freshbooks secret
    invoice verifier
    invoice verifier before it
    payment verifier offered
    ");
    let arn = bench.arn(KEY).await;
    assert!(held.iter().all(|held| held.current && held.key_id == arn));
    // The same key by its ARN, and another one.
    bench.assert_under(&arn).await;
    let held = bench.report(NEWER).await;
    assert!(held.iter().all(|held| !held.current && held.key_id == arn));
}

#[tokio::test]
async fn secrets_wrapped_again_open_without_the_old_key_and_were_never_opened_for_it() {
    let bench = Bench::full().await;
    assert_eq!(bench.newer().rewrap(&acme()).await, Ok(5));
    let mut used = bench.operations(Service::Kms);
    used.dedup();
    assert_eq!(used, ["DescribeKey", "ReEncrypt"]);
    bench.assert_under(NEWER).await;
    bench.disable_old_key().await;
    let arn = bench.arn(NEWER).await;
    for name in ["freshbooks", "cin7"] {
        assert_eq!(bench.row(name).await.key_id, arn);
    }
    // From here on everything new is under the newer key too.
    let tokens = bench.aws.kms().update_alias().alias_name(KEY);
    tokens.target_key_id(&arn).send().await.unwrap();
    bench.assert_opens().await;
}

#[tokio::test]
async fn wrapping_again_what_is_under_the_key_already_writes_nothing() {
    let bench = Bench::full().await;
    bench.newer().rewrap(&acme()).await.unwrap();
    bench.aws.reset_calls();
    assert_eq!(bench.newer().rewrap(&acme()).await, Ok(0));
    assert_eq!(bench.operations(Service::Kms), ["DescribeKey"]);
    let writes = bench.operations(Service::DynamoDb);
    assert!(!writes.contains(&"PutItem".to_owned()), "{writes:?}");
}

#[tokio::test]
async fn an_alias_that_was_pointed_at_another_key_is_seen_through() {
    let bench = Bench::full().await;
    let newer = bench.arn(NEWER).await;
    let update = bench.aws.kms().update_alias().alias_name(KEY);
    update.target_key_id(&newer).send().await.unwrap();
    let held = bench.report(KEY).await;
    assert!(held.iter().all(|held| !held.current));
    assert_eq!(bench.vault.rewrap(&acme()).await, Ok(5));
    bench.assert_under(KEY).await;
    bench.assert_opens().await;
}

#[tokio::test]
async fn a_write_that_comes_in_between_or_is_not_confirmed_is_read_again() {
    let bench = Bench::full().await;
    for _ in 0..3 {
        bench
            .aws
            .fail_next(Service::DynamoDb, "PutItem", Fault::CutAfter);
    }
    // The first secret's write is applied, and all three answers are lost.
    let lost = bench.newer().rewrap(&acme()).await;
    assert!(matches!(lost, Err(Error::Ledger(_))), "{lost:?}");
    bench.newer().rewrap(&acme()).await.unwrap();
    bench.assert_under(NEWER).await;
    bench.assert_opens().await;
}

#[tokio::test]
async fn a_secret_that_cannot_be_wrapped_keeps_none_of_the_others_back() {
    let bench = Bench::full().await;
    let mut row = bench.row("cin7").await;
    row.sealed = bench.row("freshbooks").await.sealed;
    let ledger = &bench.ledger;
    ledger.put_secret(&acme(), "cin7", &mut row).await.unwrap();
    let failed = bench.newer().rewrap(&acme()).await;
    let sentence = failed.unwrap_err().to_string();
    insta::assert_snapshot!(sentence, @"the Cin7 keys of connection acme cannot be opened: it was altered or belongs to another connection");
    let held = bench.report(NEWER).await;
    let left: Vec<_> = held.iter().filter(|held| !held.current).collect();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].what.to_string(), "cin7 secret");
}

#[tokio::test]
async fn a_key_that_does_not_exist_is_named_as_a_failure_of_kms() {
    let bench = Bench::full().await;
    let error = bench.vault.report("alias/nobody").await.unwrap_err();
    insta::assert_snapshot!(error, @"the key service could not be used: NotFoundException");
}
