//! What KMS promises about secrets.

use aws_sdk_kms::Client;
use aws_sdk_kms::operation::decrypt::DecryptError;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;

use crate::support::{code, start};

async fn key(kms: &Client) -> String {
    kms.create_key()
        .send()
        .await
        .unwrap()
        .key_metadata
        .unwrap()
        .key_id
}

async fn seal(kms: &Client, key: &str, context: &[(&str, &str)]) -> Blob {
    let mut request = kms.encrypt().key_id(key).plaintext(Blob::new("secret"));
    for (name, value) in context {
        request = request.encryption_context(*name, *value);
    }
    request.send().await.unwrap().ciphertext_blob.unwrap()
}

async fn open(
    kms: &Client,
    blob: &Blob,
    context: &[(&str, &str)],
) -> Result<Vec<u8>, DecryptError> {
    let mut request = kms.decrypt().ciphertext_blob(blob.clone());
    for (name, value) in context {
        request = request.encryption_context(*name, *value);
    }
    let opened = request
        .send()
        .await
        .map_err(aws_sdk_kms::error::SdkError::into_service_error)?;
    Ok(opened.plaintext.unwrap().into_inner())
}

#[tokio::test]
async fn what_was_sealed_opens_with_the_same_context_in_any_order() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let key = key(&kms).await;
    let blob = seal(&kms, &key, &[("connection", "c1"), ("purpose", "cin7")]).await;
    let opened = open(&kms, &blob, &[("purpose", "cin7"), ("connection", "c1")]).await;
    assert_eq!(opened.unwrap(), b"secret");
    assert!(!blob.as_ref().windows(6).any(|bytes| bytes == b"secret"));
}

#[tokio::test]
async fn another_context_opens_nothing() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let key = key(&kms).await;
    let blob = seal(&kms, &key, &[("connection", "c1")]).await;
    for other in [
        &[("connection", "c2")][..],
        &[],
        &[("connection", "c1"), ("more", "")],
    ] {
        assert!(
            open(&kms, &blob, other)
                .await
                .unwrap_err()
                .is_invalid_ciphertext_exception()
        );
    }
}

#[tokio::test]
async fn a_context_cannot_be_rewritten_into_another_with_the_same_text() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let key = key(&kms).await;
    let blob = seal(&kms, &key, &[("a", "1,b=2")]).await;
    let split = open(&kms, &blob, &[("a", "1"), ("b", "2")]).await;
    assert!(split.unwrap_err().is_invalid_ciphertext_exception());
    let shifted = open(&kms, &blob, &[("a1", ",b=2")]).await;
    assert!(shifted.unwrap_err().is_invalid_ciphertext_exception());
}

#[tokio::test]
async fn a_ciphertext_with_any_bit_changed_opens_no_more() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let key = key(&kms).await;
    let blob = seal(&kms, &key, &[]).await.into_inner();
    for position in 0..blob.len() {
        let mut changed = blob.clone();
        changed[position] ^= 1;
        assert!(
            open(&kms, &Blob::new(changed), &[]).await.is_err(),
            "byte {position}"
        );
    }
    let cut = Blob::new(&blob[..blob.len() - 1]);
    assert!(
        open(&kms, &cut, &[])
            .await
            .unwrap_err()
            .is_invalid_ciphertext_exception()
    );
}

#[tokio::test]
async fn a_ciphertext_does_not_open_under_a_key_that_did_not_seal_it() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let (right, wrong) = (key(&kms).await, key(&kms).await);
    let blob = seal(&kms, &right, &[]).await;
    let with = |key: &str| {
        kms.decrypt()
            .ciphertext_blob(blob.clone())
            .key_id(key)
            .send()
    };
    assert!(
        with(&wrong)
            .await
            .unwrap_err()
            .into_service_error()
            .is_incorrect_key_exception()
    );
    assert!(
        with("alias/none")
            .await
            .unwrap_err()
            .into_service_error()
            .is_not_found_exception()
    );
    with(&right).await.unwrap();
}

#[tokio::test]
async fn a_disabled_key_does_nothing_until_it_is_enabled() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let key = key(&kms).await;
    let blob = seal(&kms, &key, &[]).await;
    kms.disable_key().key_id(&key).send().await.unwrap();
    assert!(
        open(&kms, &blob, &[])
            .await
            .unwrap_err()
            .is_disabled_exception()
    );
    let sealed = kms
        .encrypt()
        .key_id(&key)
        .plaintext(Blob::new("x"))
        .send()
        .await;
    assert!(
        sealed
            .unwrap_err()
            .into_service_error()
            .is_disabled_exception()
    );
    kms.enable_key().key_id(&key).send().await.unwrap();
    open(&kms, &blob, &[]).await.unwrap();
}

#[tokio::test]
async fn what_was_sealed_before_a_rotation_still_opens() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let key = key(&kms).await;
    let old = seal(&kms, &key, &[]).await;
    kms.enable_key_rotation().key_id(&key).send().await.unwrap();
    kms.rotate_key_on_demand()
        .key_id(&key)
        .send()
        .await
        .unwrap();
    let new = seal(&kms, &key, &[]).await;
    assert_eq!(open(&kms, &old, &[]).await.unwrap(), b"secret");
    assert_eq!(open(&kms, &new, &[]).await.unwrap(), b"secret");
    let status = kms
        .get_key_rotation_status()
        .key_id(&key)
        .send()
        .await
        .unwrap();
    assert!(status.key_rotation_enabled());
}

#[tokio::test]
async fn a_data_key_opens_to_the_plaintext_it_came_with() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let key = key(&kms).await;
    let request = kms
        .generate_data_key()
        .key_id(&key)
        .key_spec(DataKeySpec::Aes256);
    let made = request
        .encryption_context("connection", "c1")
        .send()
        .await
        .unwrap();
    let blob = made.ciphertext_blob.unwrap();
    let opened = open(&kms, &blob, &[("connection", "c1")]).await.unwrap();
    assert_eq!(opened, made.plaintext.unwrap().into_inner());
    assert_eq!(opened.len(), 32);
}

#[tokio::test]
async fn re_encryption_moves_a_secret_to_another_key_and_context() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let (from, to) = (key(&kms).await, key(&kms).await);
    let blob = seal(&kms, &from, &[("v", "1")]).await;
    let request = kms
        .re_encrypt()
        .ciphertext_blob(blob)
        .source_encryption_context("v", "1");
    let request = request
        .destination_key_id(&to)
        .destination_encryption_context("v", "2");
    let moved = request.send().await.unwrap().ciphertext_blob.unwrap();
    kms.disable_key().key_id(&from).send().await.unwrap();
    assert_eq!(open(&kms, &moved, &[("v", "2")]).await.unwrap(), b"secret");
}

#[tokio::test]
async fn re_encryption_needs_the_key_and_the_context_that_sealed() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let (from, to) = (key(&kms).await, key(&kms).await);
    let blob = seal(&kms, &from, &[("v", "1")]).await;
    let request = || {
        let request = kms.re_encrypt().ciphertext_blob(blob.clone());
        request.destination_key_id(&to)
    };
    let bare = request().send().await.unwrap_err();
    assert!(bare.into_service_error().is_invalid_ciphertext_exception());
    let bound = request().source_encryption_context("v", "1");
    let wrong = bound.clone().source_key_id(&to).send().await.unwrap_err();
    assert!(wrong.into_service_error().is_incorrect_key_exception());
    bound.source_key_id(&from).send().await.unwrap();
}

#[tokio::test]
async fn an_alias_names_a_key_until_it_is_pointed_elsewhere() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let (first, second) = (key(&kms).await, key(&kms).await);
    let create = kms
        .create_alias()
        .alias_name("alias/vault")
        .target_key_id(&first);
    create.clone().send().await.unwrap();
    assert!(
        create
            .send()
            .await
            .unwrap_err()
            .into_service_error()
            .is_already_exists_exception()
    );
    let named = || kms.describe_key().key_id("alias/vault").send();
    assert_eq!(named().await.unwrap().key_metadata.unwrap().key_id, first);

    let update = kms
        .update_alias()
        .alias_name("alias/vault")
        .target_key_id(&second);
    update.send().await.unwrap();
    assert_eq!(named().await.unwrap().key_metadata.unwrap().key_id, second);
    let aliases = kms.list_aliases().send().await.unwrap().aliases.unwrap();
    assert_eq!(aliases[0].target_key_id(), Some(second.as_str()));
}

#[tokio::test]
async fn a_plaintext_over_4096_bytes_is_refused() {
    let (aws, _) = start().await;
    let kms = aws.kms();
    let key = key(&kms).await;
    let seal = |length| {
        kms.encrypt()
            .key_id(&key)
            .plaintext(Blob::new(vec![0; length]))
            .send()
    };
    seal(4_096).await.unwrap();
    assert_eq!(code(seal(4_097).await), "ValidationException");
}
