//! Lengths: what Cin7's fields hold and what a sentence can bear.

/// As much of the text as a field of `length` holds, cut between characters. Cin7 runs on .NET,
/// where a character outside the basic plane counts twice (docs/cin7-api.md, sales).
pub(crate) fn cut(text: &str, length: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find_map(|(at, character)| {
        used += character.len_utf16();
        (used > length).then_some(at)
    });
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The text in at most `length` characters, with an ellipsis where something is left out.
pub(crate) fn shortened(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    text.chars()
        .take(length.saturating_sub(1))
        .chain(['…'])
        .collect()
}

/// The text in at most `size` bytes, cut between characters.
pub(crate) fn bounded(mut text: String, size: usize) -> String {
    text.truncate(text.floor_char_boundary(size));
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_cut_between_characters_as_dotnet_counts_them() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "abc");
        assert_eq!(cut("ab🦀", 3), "ab");
        assert_eq!(cut("ab🦀", 4), "ab🦀");
        assert_eq!(cut("", 0), "");
    }

    #[test]
    fn a_bounded_text_never_ends_within_a_character() {
        assert_eq!(bounded("aé".to_owned(), 2), "a");
        assert_eq!(bounded("aé".to_owned(), 3), "aé");
    }

    proptest! {
        #[test]
        fn a_cut_text_fits_and_loses_no_more_than_it_must(text in ".*", length in 0_usize..40) {
            let kept = cut(&text, length);
            prop_assert!(text.starts_with(kept));
            prop_assert!(kept.encode_utf16().count() <= length);
            if let Some(next) = text.strip_prefix(kept).and_then(|rest| rest.chars().next()) {
                prop_assert!(kept.encode_utf16().count() + next.len_utf16() > length);
            }
        }
    }
}
