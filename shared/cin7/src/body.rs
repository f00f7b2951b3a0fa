//! What kind of thing an answer's body is, judged by its top level alone, and its words.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::lenient::Text;
use crate::limit;

/// Cin7's words are kept up to this many characters.
const LONGEST_WORDS: usize = 500;

/// The body of an answer.
#[derive(Debug)]
pub(crate) enum Body<'a> {
    /// Nothing.
    Empty,
    /// HTML; Cin7 answers wrong paths with it, even with status 200 (docs/cin7-api.md, answers).
    WebPage(&'a str),
    /// A JSON object or list that is not a report of errors.
    Document(&'a str),
    /// Cin7's error shape, one or a list (docs/cin7-api.md, errors).
    Reports(Vec<Report>),
    /// Began like JSON and is not: cut short.
    Broken(&'a str),
    /// Anything else, such as the plain sentence of the rate limit.
    Words(String),
}

/// One error as Cin7 reports it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Report {
    error_code: Option<Text>,
    exception: Option<Text>,
}

impl Report {
    /// `ErrorCode`, where it is a whole number.
    pub(crate) fn code(&self) -> Option<u16> {
        self.error_code.as_ref()?.0.trim().parse().ok()
    }

    fn is_one(&self) -> bool {
        self.error_code.is_some() || self.exception.is_some()
    }

    fn words(&self) -> String {
        match (&self.exception, self.code()) {
            (Some(Text(words)), _) if !words.trim().is_empty() => {
                words.trim().trim_end_matches('.').to_owned()
            }
            (_, Some(code)) => format!("error {code}"),
            _ => "an error without words".to_owned(),
        }
    }
}

impl<'a> Body<'a> {
    /// Tells what a body is.
    pub(crate) fn read(content_type: Option<&str>, text: &'a str) -> Self {
        let text = text.trim();
        let is_html = content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
        match text.as_bytes().first() {
            None => Self::Empty,
            Some(b'<') => Self::WebPage(text),
            _ if is_html => Self::WebPage(text),
            Some(b'{' | b'[') if serde_json::from_str::<IgnoredAny>(text).is_err() => {
                Self::Broken(text)
            }
            Some(b'{' | b'[') => reports(text).map_or(Self::Document(text), Self::Reports),
            _ => Self::Words(serde_json::from_str(text).unwrap_or_else(|_| text.to_owned())),
        }
    }

    /// What the body says, bounded; empty where it says nothing.
    pub(crate) fn words(&self) -> String {
        let words = match self {
            Self::Empty => String::new(),
            Self::WebPage(page) => words_of_page(page),
            Self::Document(text) | Self::Broken(text) => (*text).to_owned(),
            Self::Words(words) => words.trim_end_matches('.').to_owned(),
            Self::Reports(reports) => reports
                .iter()
                .map(Report::words)
                .collect::<Vec<_>>()
                .join("; "),
        };
        limit::shortened(
            &words.split_whitespace().collect::<Vec<_>>().join(" "),
            LONGEST_WORDS,
        )
    }
}

/// The errors a body reports. Only the top level counts: a document may hold an `ErrorCode` of its
/// own further down.
fn reports(text: &str) -> Option<Vec<Report>> {
    let reports: Vec<Report> = if text.starts_with('{') {
        vec![serde_json::from_str(text).ok()?]
    } else {
        serde_json::from_str(text).ok()?
    };
    (!reports.is_empty() && reports.iter().all(Report::is_one)).then_some(reports)
}

/// The title of a web page, else its text without tags.
fn words_of_page(page: &str) -> String {
    let lower = page.to_ascii_lowercase();
    let title = lower
        .find("<title>")
        .map(|at| at + "<title>".len())
        .and_then(|start| {
            let length = lower.get(start..)?.find("</title>")?;
            page.get(start..start + length)
        });
    match title {
        Some(title) if !title.trim().is_empty() => title.to_owned(),
        _ => page
            .split('<')
            .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text))
            .fold(String::new(), |mut words, piece| {
                words.push_str(piece);
                words.push(' ');
                words
            }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(content_type: Option<&str>, text: &str) -> String {
        Body::read(content_type, text).words()
    }

    #[test]
    fn all_reported_errors_are_told_in_one_sentence() {
        let told = words(
            None,
            r#"[{"ErrorCode":400,"Exception":"No Location."},{"ErrorCode":"404"}]"#,
        );
        assert_eq!(told, "No Location; error 404");
    }

    #[test]
    fn a_web_page_is_told_by_its_title_else_by_its_text() {
        assert_eq!(
            words(None, "<html><TITLE> Page not\n found</TITLE><p>x</p>"),
            "Page not found"
        );
        assert_eq!(
            words(Some("text/html; charset=utf-8"), "Sorry<br>not today"),
            "Sorry not today"
        );
    }

    #[test]
    fn a_quoted_sentence_loses_its_quotes() {
        assert_eq!(words(None, r#""Too \"fast\".""#), "Too \"fast\"");
    }

    #[test]
    fn words_are_bounded() {
        assert_eq!(words(None, &"é".repeat(600)).chars().count(), LONGEST_WORDS);
    }

    #[test]
    fn an_error_code_further_down_does_not_make_a_document_an_error() {
        let text = r#"{"ID":"1","Lines":[{"ErrorCode":400,"Exception":"x"}]}"#;
        assert!(matches!(Body::read(None, text), Body::Document(_)));
        assert!(matches!(Body::read(None, "[]"), Body::Document(_)));
        assert!(matches!(
            Body::read(None, r#"[{"ErrorCode":400},{"ID":"1"}]"#),
            Body::Document(_)
        ));
    }
}
