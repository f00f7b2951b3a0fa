//! The one alphabet of FreshBooks' ids.

/// Whether a text can be an id: 1 to 64 letters, digits, `_` or `-`.
///
/// Ids become path segments and ledger keys, so `/`, `..`, `#` and the empty text must never pass,
/// however well signed they arrive.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_account_ids_and_uuids_are_ids() {
        for text in [
            "1",
            "lbZ4Kq",
            "0f3a1c2e-9d4b-4c6a-8e2f-5b7d9a1c3e4f",
            &"a".repeat(64),
        ] {
            assert!(is_id(text), "{text:?}");
        }
    }

    #[test]
    fn what_could_change_a_path_or_a_key_is_no_id() {
        for text in [
            "",
            ".",
            "..",
            "1/2",
            "1#2",
            "1%2F",
            "1 2",
            "é",
            "1\n",
            &"a".repeat(65),
        ] {
            assert!(!is_id(text), "{text:?}");
        }
    }
}
