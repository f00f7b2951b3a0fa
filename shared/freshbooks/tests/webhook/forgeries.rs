//! What must never pass.

use freshbooks::webhook::{Delivery, NotGenuine, Verifier};
use proptest::prelude::*;

use crate::sign;
use crate::vectors::VECTORS;

/// Whether a delivery passes; a body that cannot even be read does not.
fn is_genuine(verifier: &str, body: &[u8], header: Option<&str>) -> bool {
    Delivery::parse(body, header).is_ok_and(|delivery| {
        delivery
            .verify(&[Verifier::new(verifier.to_owned())])
            .is_ok()
    })
}

fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes
}

#[test]
fn whichever_bit_of_a_body_is_flipped_the_delivery_is_refused() {
    // Bodies without escapes, where no two spellings mean the same.
    for vector in VECTORS.iter().filter(|vector| !vector.body.contains('%')) {
        for bit in 0..vector.body.len() * 8 {
            let body = flipped(vector.body.as_bytes(), bit);
            let shown = String::from_utf8_lossy(&body).into_owned();
            assert!(
                !is_genuine(vector.verifier, &body, Some(vector.header)),
                "{shown}"
            );
        }
    }
}

#[test]
fn whichever_bit_of_a_header_is_flipped_the_delivery_is_refused() {
    for vector in &VECTORS {
        for bit in 0..vector.header.len() * 8 {
            // A header that is not text never gets as far as the parser.
            if let Ok(header) = String::from_utf8(flipped(vector.header.as_bytes(), bit)) {
                let body = vector.body.as_bytes();
                assert!(
                    !is_genuine(vector.verifier, body, Some(&header)),
                    "{header}"
                );
            }
        }
    }
}

#[test]
fn a_header_that_is_not_padded_standard_base64_is_refused() {
    let vector = &VECTORS[0];
    let url_safe = vector.header.replace('+', "-").replace('/', "_");
    let hex = "5ee529e1c980b1c13a0ec0f027419bff5c76c515de38774658c702c4f8897249";
    let padded = format!(" {}", vector.header);
    let unpadded = vector.header.trim_end_matches('=');
    assert_ne!(url_safe, vector.header);
    for header in [
        None,
        Some(""),
        Some("="),
        Some(&url_safe),
        Some(unpadded),
        Some(hex),
        Some(&padded),
    ] {
        let delivery = Delivery::parse(vector.body.as_bytes(), header).unwrap();
        let verifier = Verifier::new(vector.verifier.to_owned());
        assert_eq!(
            delivery.verify(&[verifier]).unwrap_err(),
            NotGenuine::Signature,
            "{header:?}"
        );
    }
}

#[test]
fn a_connection_without_verifiers_refuses_exactly_like_a_wrong_signature() {
    let vector = &VECTORS[0];
    let delivery = Delivery::parse(vector.body.as_bytes(), Some(vector.header)).unwrap();
    assert_eq!(delivery.verify(&[]).unwrap_err(), NotGenuine::Signature);
}

#[test]
fn the_signature_of_the_raw_body_is_refused() {
    let vector = &VECTORS[0];
    let header = sign(vector.verifier, vector.body);
    assert!(!is_genuine(
        vector.verifier,
        vector.body.as_bytes(),
        Some(&header)
    ));
}

fn encoded(fields: &[(String, String)]) -> Vec<u8> {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
        .into_bytes()
}

proptest! {
    #[test]
    fn changed_values_are_refused(
        id in "[0-9]{1,9}", note in any::<String>(), other in any::<String>()
    ) {
        prop_assume!(note != other);
        let fields = |note: &str| {
            [("name", "item.update"), ("object_id", &id), ("note", note)]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        let header = sign("verifier", &freshbooks::webhook::signed_text(&fields(&note)));
        prop_assert!(is_genuine("verifier", &encoded(&fields(&note)), Some(&header)));
        prop_assert!(!is_genuine("verifier", &encoded(&fields(&other)), Some(&header)));
    }
}
