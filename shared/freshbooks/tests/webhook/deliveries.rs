//! What a delivery says once it is verified.

use freshbooks::webhook::{Delivery, Malformed, NotGenuine, Verified, Verifier, signed_text};

use crate::sign;
use crate::vectors::VECTORS;

/// A delivery of these fields, signed as FreshBooks would sign it.
fn delivered(fields: &[(&str, &str)]) -> Result<Delivery<Verified>, NotGenuine> {
    let fields: Vec<(String, String)> = fields
        .iter()
        .map(|&(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let body = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(&fields)
        .finish();
    let header = sign("verifier", &signed_text(&fields));
    let delivery = Delivery::parse(body.as_bytes(), Some(&header)).unwrap();
    delivery.verify(&[Verifier::new("verifier".to_owned())])
}

#[test]
fn a_delivery_names_the_event_the_object_and_the_account() {
    let delivery = delivered(&[
        ("name", "invoice.sendByEmail"),
        ("object_id", "12"),
        ("account_id", "lbZ4Kq"),
    ])
    .unwrap();
    assert_eq!(delivery.event().noun(), "invoice");
    assert_eq!(delivery.event().verb(), "sendByEmail");
    assert_eq!(delivery.object_id(), "12");
    assert_eq!(delivery.account_id(), Some("lbZ4Kq"));
    assert!(!delivery.has_verifier());
}

#[test]
fn an_account_that_is_absent_or_empty_is_none() {
    let absent = delivered(&[("name", "bill.delete"), ("object_id", "1")]).unwrap();
    let empty = delivered(&[
        ("name", "bill.delete"),
        ("object_id", "1"),
        ("account_id", ""),
    ])
    .unwrap();
    assert_eq!(absent.account_id(), None);
    assert_eq!(empty.account_id(), None);
}

#[test]
fn a_handshake_is_known_by_its_verifier_and_never_by_its_name() {
    for name in ["callback.verify", "invoice.create", "invoice"] {
        let fields = [
            ("name", name),
            ("object_id", "2001"),
            ("verifier", "Zt6Yc1"),
        ];
        let handshake = delivered(&fields).unwrap();
        assert!(handshake.has_verifier(), "{name}");
        assert_eq!(handshake.object_id(), "2001");
        assert_eq!(handshake.event().to_string(), name);
    }
    let imitation = delivered(&[("name", "callback.verify"), ("object_id", "2001")]).unwrap();
    assert!(!imitation.has_verifier());
}

#[test]
fn a_signed_delivery_without_a_usable_event_or_object_says_which_field() {
    let unusable = |fields: &[(&str, &str)]| delivered(fields).unwrap_err();
    assert_eq!(
        unusable(&[("object_id", "1")]),
        NotGenuine::Unusable("name")
    );
    assert_eq!(
        unusable(&[("name", "invoice"), ("object_id", "1")]),
        NotGenuine::Unusable("name")
    );
    assert_eq!(
        unusable(&[("name", "invoice.create")]),
        NotGenuine::Unusable("object_id")
    );
    for id in ["", "1/2", "..", "1 2", "1#STATE", "é", &"1".repeat(65)] {
        let fields = [("name", "invoice.create"), ("object_id", id)];
        assert_eq!(
            unusable(&fields),
            NotGenuine::Unusable("object_id"),
            "{id:?}"
        );
    }
    insta::assert_snapshot!(
        NotGenuine::Unusable("object_id"),
        @"the delivery is signed but its field `object_id` cannot be used"
    );
}

#[test]
fn a_body_with_a_repeated_field_is_refused_before_anything_else() {
    let vector = &VECTORS[0];
    let body = format!("{}&object_id=7", vector.body);
    let refused = Delivery::parse(body.as_bytes(), Some(vector.header)).unwrap_err();
    assert_eq!(refused, Malformed::RepeatedField);
    insta::assert_snapshot!(refused, @"a form field that occurs twice");
}

#[test]
fn debug_shows_the_names_of_the_fields_and_no_value() {
    let vector = &VECTORS[11];
    let delivery = Delivery::parse(vector.body.as_bytes(), Some(vector.header)).unwrap();
    insta::assert_snapshot!(format!("{delivery:?}"), @r#"Delivery { state: Unverified { fields: ["name", "object_id", "account_id", "verifier"], .. } }"#);
    let names: Vec<&str> = delivery.field_names().collect();
    assert_eq!(names, ["name", "object_id", "account_id", "verifier"]);
    let verified = delivery
        .verify(&[Verifier::new(vector.verifier.to_owned())])
        .unwrap();
    insta::assert_snapshot!(format!("{verified:?}"), @r#"Delivery { state: Verified { event: Event { noun: "callback", verb: "verify" }, object_id: "2001", account_id: Some("6BApk"), has_verifier: true } }"#);
}
