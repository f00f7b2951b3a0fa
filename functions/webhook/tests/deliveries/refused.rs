//! What is refused, in which words; nothing of it reaches the queue.

use std::fmt::Write as _;

use freshbooks_stand_in::sign;
use lambda_http::http::Request;
use serde_json::Value;

use crate::bench::{Bench, FIELDS, FORM, VERIFIER, delivery, genuine};

const PATH: &str = "/freshbooks/acme/invoice";

fn changed(change: impl FnOnce(&mut Request<Vec<u8>>)) -> Request<Vec<u8>> {
    let (body, signature) = genuine();
    let mut request = delivery(PATH, &body, &signature);
    change(&mut request);
    request
}

fn with_body(body: &[u8]) -> Request<Vec<u8>> {
    changed(|request| *request.body_mut() = body.to_vec())
}

fn with_fields(fields: &[(&str, &str)]) -> Request<Vec<u8>> {
    let (body, signature) = sign(VERIFIER, fields);
    delivery(PATH, &body, &signature)
}

fn cases() -> Vec<(&'static str, Request<Vec<u8>>)> {
    let (body, signature) = genuine();
    let method = |request: &mut Request<Vec<u8>>| *request.method_mut() = "GET".parse().unwrap();
    let json = |request: &mut Request<Vec<u8>>| {
        let kind = "application/json".parse().unwrap();
        request.headers_mut().insert("content-type", kind);
    };
    let many: String = (0..65).map(|at| format!("f{at}=1&")).collect();
    vec![
        ("another method", changed(method)),
        ("JSON", changed(json)),
        (
            "no content type",
            changed(|request| drop(request.headers_mut().remove("content-type"))),
        ),
        ("a byte over 64 KiB", with_body(&[b'x'; 64 * 1024 + 1])),
        (
            "a field twice",
            with_body(format!("{body}&object_id=8").as_bytes()),
        ),
        (
            "a field twice, disguised",
            with_body(format!("{body}&object%5Fid=8").as_bytes()),
        ),
        ("a broken escape", with_body(b"name=%zz")),
        ("not UTF-8", with_body(b"name=%ff")),
        ("65 fields", with_body(many.as_bytes())),
        (
            "another noun",
            with_fields(&[("name", "payment.create"), ("object_id", "7")]),
        ),
        (
            "a forged signature",
            delivery(PATH, &body, &sign("guess", &FIELDS).1),
        ),
        (
            "no signature",
            changed(|request| drop(request.headers_mut().remove("x-freshbooks-hmac-sha256"))),
        ),
        ("a signature that is none", delivery(PATH, &body, "%%%")),
        (
            "a truncated body",
            delivery(PATH, &body[..body.len() - 1], &signature),
        ),
        ("an empty body", with_body(b"")),
        (
            "a changed field",
            with_body(body.replace("1234567", "1234568").as_bytes()),
        ),
        ("signed without an object", with_fields(&FIELDS[..1])),
        (
            "signed with an object that is no id",
            with_fields(&[("name", "invoice.create"), ("object_id", "7#8")]),
        ),
        (
            "signed with an event that is none",
            with_fields(&[("name", "invoice"), ("object_id", "7")]),
        ),
    ]
}

#[tokio::test]
async fn each_refusal_has_its_status_and_sentence_and_nothing_is_queued() {
    let bench = Bench::start().await;
    let mut told = String::new();
    for (what, request) in cases() {
        let answer = bench.send(request).await;
        let sentence = std::str::from_utf8(answer.body()).unwrap();
        writeln!(told, "{what}: {} {sentence}", answer.status().as_u16()).unwrap();
    }
    insta::assert_snapshot!(told, @"
    another method: 405 Only POST is accepted here.
    JSON: 415 Only application/x-www-form-urlencoded is accepted here.
    no content type: 415 Only application/x-www-form-urlencoded is accepted here.
    a byte over 64 KiB: 413 The body is too long.
    a field twice: 400 The body is not a delivery.
    a field twice, disguised: 400 The body is not a delivery.
    a broken escape: 400 The body is not a delivery.
    not UTF-8: 400 The body is not a delivery.
    65 fields: 400 The body is not a delivery.
    another noun: 400 The event does not belong to this callback.
    a forged signature: 401 The signature does not match.
    no signature: 401 The signature does not match.
    a signature that is none: 401 The signature does not match.
    a truncated body: 401 The signature does not match.
    an empty body: 401 The signature does not match.
    a changed field: 401 The signature does not match.
    signed without an object: 401 The signature does not match.
    signed with an object that is no id: 401 The signature does not match.
    signed with an event that is none: 401 The signature does not match.
    ");
    assert!(!bench.operations().contains(&"SendMessage".to_owned()));
    assert!(bench.queued().await.is_empty());
}

#[tokio::test]
async fn what_is_refused_by_its_form_costs_no_call_at_all() {
    let bench = Bench::start().await;
    for (what, request) in cases().into_iter().take(9) {
        let status = bench.send(request).await.status().as_u16();
        assert!([400, 405, 413, 415].contains(&status), "{what}: {status}");
    }
    assert!(bench.operations().is_empty());
}

#[tokio::test]
async fn the_sample_of_a_forged_delivery_is_refused() {
    let bench = Bench::start().await;
    let sample = include_str!("../../../../events/webhook-forged.json");
    let sample: Value = serde_json::from_str(sample).unwrap();
    assert_eq!(bench.invoke(&sample).await.status(), 401);
    assert!(bench.queued().await.is_empty());
}

#[tokio::test]
async fn a_signature_of_one_connection_opens_no_other() {
    let bench = Bench::start().await;
    let other = "other".parse().unwrap();
    let verifier = "a verifier of the other".into();
    let stored = bench.vault.put_verifier(&other, "invoice", &verifier);
    stored.await.unwrap();
    let (body, signature) = genuine();
    let request = delivery("/freshbooks/other/invoice", &body, &signature);
    assert_eq!(bench.send(request).await.status(), 401);
    let kind = FORM.parse().unwrap();
    let mut request = delivery(PATH, &body, &signature);
    request.headers_mut().insert("content-type", kind);
    assert_eq!(bench.send(request).await.status(), 200);
}
