//! Decoding the form body, strictly.

/// More fields than any delivery has; comparing names stays cheap.
const MOST_FIELDS: usize = 64;

/// Why a body is not the form of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// More than 64 fields.
    #[error("more than {MOST_FIELDS} form fields")]
    TooManyFields,
    /// A `%` that two hexadecimal digits do not follow.
    #[error("a broken percent escape")]
    BrokenEscape,
    /// Bytes that are not UTF-8 once decoded.
    #[error("a form field that is not UTF-8")]
    NotUtf8,
    /// The same name twice. A genuine delivery signs a mapping and has none; verifying one value
    /// and acting on the other would be a hole (docs/freshbooks-api.md, signature).
    #[error("a form field that occurs twice")]
    RepeatedField,
}

/// The decoded fields in the order of the body, empty values kept: both are part of what is signed.
///
/// The usual form decoders replace what they cannot decode, so that two bodies may read alike; here
/// such a body is refused.
pub(super) fn fields(body: &[u8]) -> Result<Vec<(String, String)>, Malformed> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for pair in body
        .split(|&byte| byte == b'&')
        .filter(|pair| !pair.is_empty())
    {
        if fields.len() == MOST_FIELDS {
            return Err(Malformed::TooManyFields);
        }
        let mut halves = pair.splitn(2, |&byte| byte == b'=');
        let name = decoded(halves.next().unwrap_or_default())?;
        let value = decoded(halves.next().unwrap_or_default())?;
        if fields.iter().any(|(known, _)| *known == name) {
            return Err(Malformed::RepeatedField);
        }
        fields.push((name, value));
    }
    Ok(fields)
}

fn decoded(text: &[u8]) -> Result<String, Malformed> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let [high, low, tail @ ..] = rest else {
                    return Err(Malformed::BrokenEscape);
                };
                rest = tail;
                (hex_digit(*high)? << 4) | hex_digit(*low)?
            }
            byte => *byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| Malformed::NotUtf8)
}

fn hex_digit(byte: u8) -> Result<u8, Malformed> {
    match byte {
        b'0'..=b'9' => Ok(byte - b'0'),
        b'a'..=b'f' => Ok(byte - b'a' + 10),
        b'A'..=b'F' => Ok(byte - b'A' + 10),
        _ => Err(Malformed::BrokenEscape),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields
            .iter()
            .map(|&(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    #[test]
    fn order_and_empty_values_are_kept() {
        assert_eq!(
            fields(b"z=1&a=&m&b=x=y").unwrap(),
            pairs(&[("z", "1"), ("a", ""), ("m", ""), ("b", "x=y")])
        );
        assert_eq!(fields(b"").unwrap(), pairs(&[]));
    }

    #[test]
    fn a_broken_escape_is_refused() {
        for body in ["a=%", "a=%4", "a=%4g", "a=%zz", "%=1", "a=%%41", "a=%+1"] {
            assert_eq!(
                fields(body.as_bytes()),
                Err(Malformed::BrokenEscape),
                "{body}"
            );
        }
    }

    #[test]
    fn text_that_is_not_utf_8_is_refused() {
        let bodies: [&[u8]; 5] = [b"a=%ff", b"a=\xff", b"a=%c3", b"%ed%a0%80=1", b"a=%c0%80"];
        for body in bodies {
            assert_eq!(fields(body), Err(Malformed::NotUtf8), "{body:?}");
        }
    }

    #[test]
    fn a_name_that_occurs_twice_is_refused_however_it_is_written() {
        for body in [
            "a=1&a=1",
            "object_id=1&b=2&object%5Fid=3",
            "a=1&%61",
            "=1&=2",
        ] {
            assert_eq!(
                fields(body.as_bytes()),
                Err(Malformed::RepeatedField),
                "{body}"
            );
        }
    }

    #[test]
    fn sixty_four_fields_are_read_and_one_more_is_refused() {
        let body = |count: usize| {
            (0..count)
                .map(|at| format!("f{at}=1"))
                .collect::<Vec<_>>()
                .join("&")
                .into_bytes()
        };
        assert_eq!(fields(&body(64)).unwrap().len(), 64);
        assert_eq!(fields(&body(65)), Err(Malformed::TooManyFields));
    }

    proptest! {
        #[test]
        fn what_a_sender_encodes_is_read_back(
            sent in prop::collection::hash_map(any::<String>(), any::<String>(), 0..20)
        ) {
            let sent: Vec<(String, String)> = sent.into_iter().collect();
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&sent).finish();
            prop_assert_eq!(fields(body.as_bytes()).unwrap(), sent);
        }

        #[test]
        fn no_bytes_make_the_decoder_panic(body in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = fields(&body);
        }
    }
}
