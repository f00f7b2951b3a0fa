//! The MD5 digests that let a client see that a message arrived as it was sent.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use md5::{Digest, Md5};

use super::messages::MessageAttributes;

/// Of a message's text, in lower-case hexadecimal.
pub(super) fn of_body(body: &str) -> String {
    hexadecimal(&Md5::digest(body.as_bytes()))
}

/// Of a message's attributes; none where it has none. Attributes go in by name, each as name, data
/// type, a byte saying text or binary, and value, all but that byte preceded by a length.
pub(super) fn of_attributes(attributes: &MessageAttributes) -> Option<String> {
    if attributes.is_empty() {
        return None;
    }
    let mut md5 = Md5::new();
    let mut with_length = |prefix: &[u8], bytes: &[u8]| {
        md5.update(prefix);
        md5.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
        md5.update(bytes);
    };
    for (name, attribute) in attributes {
        with_length(&[], name.as_bytes());
        with_length(&[], attribute.data_type.as_bytes());
        match &attribute.binary_value {
            Some(binary) => with_length(&[2], &BASE64_STANDARD.decode(binary).unwrap_or_default()),
            None => {
                with_length(
                    &[1],
                    attribute
                        .string_value
                        .as_deref()
                        .unwrap_or_default()
                        .as_bytes(),
                );
            }
        }
    }
    Some(hexadecimal(&md5.finalize()))
}

/// What content-based de-duplication takes for the id of a message.
pub(super) fn deduplication_id(body: &str) -> String {
    hexadecimal(ring::digest::digest(&ring::digest::SHA256, body.as_bytes()).as_ref())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqs::messages::MessageAttribute;

    #[test]
    fn the_digest_of_a_body_is_plain_md5() {
        assert_eq!(of_body("hello world"), "5eb63bbbe01eeed093cb22bb8f5acdc3");
    }

    #[test]
    fn attributes_enter_the_digest_by_name_with_their_lengths() {
        let text = |value: &str| MessageAttribute {
            data_type: "String".into(),
            string_value: Some(value.into()),
            binary_value: None,
        };
        let attributes = [("b".to_owned(), text("2")), ("a".to_owned(), text("1"))].into();
        let written_out = [
            b"\0\0\0\x01a\0\0\0\x06String\x01\0\0\0\x011".as_slice(),
            b"\0\0\0\x01b\0\0\0\x06String\x01\0\0\0\x012",
        ]
        .concat();
        assert_eq!(
            of_attributes(&attributes),
            Some(hexadecimal(&Md5::digest(written_out)))
        );
    }
}
