//! What a handshake offers before anything about it is known to be true.

use freshbooks::webhook::{Delivery, Malformed, Unverified};
use secrecy::ExposeSecret as _;

fn parsed(body: &str) -> Delivery<Unverified> {
    Delivery::parse(body.as_bytes(), None).unwrap()
}

#[test]
fn a_handshake_offers_its_verifier_whatever_its_name_and_without_a_signature() {
    for name in [
        "name=callback.verify&",
        "name=invoice.create&",
        "name=&",
        "",
    ] {
        let delivery = parsed(&format!("{name}object_id=2001&verifier=Zt6Yc1"));
        let offer = delivery.offer().unwrap();
        assert!(delivery.is_handshake());
        assert_eq!(offer.callback_id, "2001");
        assert_eq!(offer.verifier.expose_secret(), "Zt6Yc1");
    }
}

#[test]
fn a_name_alone_makes_no_handshake() {
    let delivery = parsed("name=callback.verify&object_id=2001");
    assert!(!delivery.is_handshake());
    assert!(delivery.offer().is_none());
}

#[test]
fn a_handshake_that_cannot_be_kept_offers_nothing_and_is_one_all_the_same() {
    let long = "x".repeat(256);
    for body in [
        "object_id=2001&verifier=",
        "verifier=Zt6Yc1",
        "object_id=&verifier=Zt6Yc1",
        "object_id=../1&verifier=Zt6Yc1",
        "object_id=1%23STATE&verifier=Zt6Yc1",
        &format!("object_id=2001&verifier={long}"),
    ] {
        let delivery = parsed(body);
        assert!(delivery.is_handshake(), "{body}");
        assert!(delivery.offer().is_none(), "{body}");
    }
    assert!(
        parsed(&format!("object_id=1&verifier={}", &long[1..]))
            .offer()
            .is_some()
    );
}

#[test]
fn two_verifiers_are_none() {
    let body = b"object_id=2001&verifier=mine&verifier=theirs";
    assert_eq!(
        Delivery::parse(body, None).unwrap_err(),
        Malformed::RepeatedField
    );
}

#[test]
fn an_offer_does_not_show_its_verifier() {
    let shown = format!("{:?}", parsed("object_id=2001&verifier=Zt6Yc1").offer());
    assert!(
        shown.contains("2001") && !shown.contains("Zt6Yc1"),
        "{shown}"
    );
}
