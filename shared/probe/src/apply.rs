//! Findings written into a settings document that a person wrote: comments and order stay.

use connections::Error;
use toml_edit::{DocumentMut, Item, Table, TableLike, Value as Written};

use crate::progress::{Finding, Value};

/// The document with the findings in `[settings.cin7]`.
///
/// # Errors
/// The document is not TOML, or has something else where that table belongs.
pub(crate) fn written(document: &str, findings: &[&Finding]) -> Result<String, Error> {
    let mut edited: DocumentMut = document.parse().map_err(|error| {
        Error::Invalid(format!(
            "The settings are not TOML ({error}); nothing was changed."
        ))
    })?;
    let table = cin7_table(edited.as_table_mut()).ok_or_else(|| {
        Error::Invalid(
            "`cin7` in the settings is not a table; correct that first. Nothing was changed."
                .to_owned(),
        )
    })?;
    for finding in findings {
        set(table, finding.key(), value_of(finding));
    }
    Ok(edited.to_string())
}

/// The table `cin7`, under the heading `settings` where the document has that, made if there is none.
fn cin7_table(root: &mut Table) -> Option<&mut dyn TableLike> {
    let headed = root.len() == 1 && root.get("settings").is_some_and(Item::is_table_like);
    let settings: &mut dyn TableLike = if headed {
        root.get_mut("settings")?.as_table_like_mut()?
    } else {
        root
    };
    let new = || Item::Table(Table::new());
    settings
        .entry("cin7")
        .or_insert_with(new)
        .as_table_like_mut()
}

fn set(table: &mut dyn TableLike, key: &str, value: Written) {
    let Some(known) = table.get_mut(key).and_then(Item::as_value_mut) else {
        table.insert(key, Item::Value(value));
        return;
    };
    // What stands around a value are blanks, and the comment behind it.
    let around = known.decor().clone();
    *known = value;
    *known.decor_mut() = around;
}

fn value_of(finding: &Finding) -> Written {
    match &finding.value {
        Value::Flag(flag) => Written::from(*flag),
        Value::Seconds(seconds) => Written::from(i64::from(*seconds)),
        Value::Word(word) => Written::from(word.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(document: &str) -> String {
        let findings = [
            Finding::new("service_sales", true, ""),
            Finding::new("undo", "invoice", ""),
            Finding::new("settle_seconds", 90, ""),
        ];
        let findings: Vec<_> = findings.iter().collect();
        written(document, &findings).unwrap()
    }

    #[test]
    fn a_document_keeps_its_comments_and_its_order() {
        let document = "# ours\n[settings]\nlocation = \"Main\" # the only one\n\n[settings.cin7]\n\
                        undo = \"sale\" # as it was\n\n[settings.sales]\ndefault_product = \"A\"\n";
        assert_eq!(
            applied(document),
            "# ours\n[settings]\nlocation = \"Main\" # the only one\n\n[settings.cin7]\n\
             undo = \"invoice\" # as it was\nservice_sales = true\nsettle_seconds = 90\n\n\
             [settings.sales]\ndefault_product = \"A\"\n"
        );
    }

    #[test]
    fn a_document_without_the_table_gets_it_under_its_own_heading() {
        for (document, heading) in [
            ("[settings]\nlocation = \"Main\"\n", "[settings.cin7]"),
            ("location = \"Main\"\n", "[cin7]"),
            ("", "[cin7]"),
        ] {
            let text = applied(document);
            assert!(text.starts_with(document), "{text}");
            assert!(text.contains(heading), "{text}");
            let settings = mapping::Settings::parse(&text).unwrap();
            assert!(settings.cin7.service_sales, "{text}");
        }
    }

    #[test]
    fn what_is_no_table_is_not_overwritten() {
        let finding = Finding::new("undo", "sale", "");
        let Err(Error::Invalid(sentence)) = written("cin7 = 5\n", &[&finding]) else {
            panic!("it was written");
        };
        assert!(sentence.contains("not a table"), "{sentence}");
    }
}
