//! The pages that a browser shows after consent: whole in themselves, without script, and nothing of
//! what they show can become markup.

use lambda_http::http::{HeaderName, StatusCode, header};

use crate::reply::Reply;

/// How pages look; the policy names its digest, so that no other style takes effect.
const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}code{background:#eee;padding:.1rem .3rem;overflow-wrap:anywhere}";
const POLICY: &str = "default-src 'none'; style-src 'sha256-RBWCkmMcA/pNceG0rBq0B/bjWrnMTp9gMWioFZrtOjY='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A part of a page.
#[derive(Debug)]
pub(crate) enum Part {
    /// A paragraph.
    Text(String),
    /// A command to copy.
    Command(String),
    /// A list.
    List(Vec<String>),
}

/// A page with a heading and its parts.
pub(crate) fn page(status: StatusCode, heading: &str, parts: &[Part]) -> Reply {
    let heading = escaped(heading);
    let parts: String = parts.iter().map(html).collect();
    let body = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{heading}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head>\
         <body><h1>{heading}</h1>{parts}</body></html>\n"
    );
    let mut headers = guarded();
    headers.push((header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()));
    Reply {
        status,
        headers,
        body,
    }
}

/// What every answer to a browser carries: its address may hold a ticket or a code.
pub(crate) fn guarded() -> Vec<(HeaderName, String)> {
    vec![
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
    ]
}

fn html(part: &Part) -> String {
    match part {
        Part::Text(text) => format!("<p>{}</p>", escaped(text)),
        Part::Command(command) => format!("<p><code>{}</code></p>", escaped(command)),
        Part::List(items) => {
            let items = items
                .iter()
                .map(|item| format!("<li>{}</li>", escaped(item)));
            format!("<ul>{}</ul>", items.collect::<String>())
        }
    }
}

/// Text as HTML: whatever stands in it, it is text.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn the_policy_names_the_style_that_pages_have() {
        let digest = BASE64_STANDARD.encode(Sha256::digest(STYLE));
        assert!(POLICY.contains(&format!("'sha256-{digest}'")), "{digest}");
    }

    #[test]
    fn nothing_that_is_shown_becomes_markup() {
        let evil = "</p><script>alert('x')</script>\"&";
        let parts = [
            Part::Text(evil.to_owned()),
            Part::Command(evil.to_owned()),
            Part::List(vec![evil.to_owned()]),
        ];
        let shown = page(StatusCode::OK, evil, &parts).body;
        assert!(
            !shown.contains("<script") && !shown.contains("'x'"),
            "{shown}"
        );
        assert_eq!(shown.matches("&lt;script&gt;").count(), 5);
    }
}
