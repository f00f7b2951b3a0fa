//! Comparing, cutting and quoting names.

/// A name as it is compared: without regard to case and to the width of blanks. Names in Cin7's
/// books collide without regard to case (docs/cin7-api.md, products).
pub(crate) fn folded(text: &str) -> String {
    flat(text).to_lowercase()
}

/// Whether two names are the same once folded.
pub(crate) fn same(left: &str, right: &str) -> bool {
    folded(left) == folded(right)
}

/// The text on one line, blanks around it removed and runs of blanks made one.
pub(crate) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first `limit` characters.
pub(crate) fn cut(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}

/// A TOML string on one line. JSON's escapes are TOML's; TOML's own writer turns to strings of
/// several lines where a text has both kinds of quotes, and those cannot be keys.
pub(crate) fn quoted(text: &str) -> String {
    let json = serde_json::Value::String(flat(text)).to_string();
    // Sentences put such strings between backticks.
    json.replace('`', "\\u0060")
}

/// A TOML key, quoted where it has to be.
pub(crate) fn key_text(key: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if !key.is_empty() && key.chars().all(bare) {
        return key.to_owned();
    }
    quoted(key)
}

/// The candidate that takes the fewest edits to reach, the first among equals.
pub(crate) fn nearest<'a>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let wanted = folded(wanted);
    candidates
        .into_iter()
        .min_by_key(|candidate| edits(&wanted, &folded(candidate)))
}

/// Letters to insert, remove or replace on the way from one text to the other (Levenshtein).
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (above, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (at, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_the_one_with_the_fewest_edits() {
        let keys = ["start_date", "location", "sales"];
        assert_eq!(nearest("locaton", keys), Some("location"));
        assert_eq!(nearest("Sale", keys), Some("sales"));
        assert_eq!(nearest("anything", []), None);
        assert_eq!(edits("kitten", "sitting"), 3);
    }

    #[test]
    fn a_key_is_quoted_only_where_toml_asks_for_it() {
        assert_eq!(key_text("default_product"), "default_product");
        assert_eq!(key_text("30"), "30");
        assert_eq!(key_text("HST 13"), "\"HST 13\"");
        assert_eq!(key_text(""), "\"\"");
        for key in [
            "6\" nails",
            "a\nb",
            "back\\slash",
            "it's \"both\"",
            "a\u{1}b",
        ] {
            let table: toml::Table = format!("{} = 1", key_text(key)).parse().unwrap();
            assert!(table.contains_key(&flat(key)), "{key:?}");
        }
    }

    #[test]
    fn names_are_compared_without_case_and_spacing() {
        assert!(same("  HST   13 ", "hst 13"));
        assert!(!same("HST13", "HST 13"));
    }

    #[test]
    fn a_text_is_cut_by_characters_and_never_inside_one() {
        assert_eq!(cut("Ünïcödé", 3), "Ünï");
    }
}
