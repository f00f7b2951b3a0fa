use super::*;
use crate::call::Verb;

const LIMIT: &str =
    r#"[{"ErrorCode":400,"Exception":"You have reached 60 calls per 60 seconds API limit."}]"#;
const PAGE: &str = "<html><title>Page not found</title></html>";
const DENIED: &str = r#"{"ErrorCode":403,"Exception":"Incorrect credentials!"}"#;
const READ: Call = Call::Read("sale");
const WRITE: Call = Call::Write(Verb::Post, "sale");

fn answer<'a>(status: u16, content_type: &'a str, body: &'a str) -> Answer<'a> {
    Answer {
        status,
        content_type: Some(content_type),
        retry_after: None,
        body,
    }
}

fn json(status: u16, body: &str) -> Answer<'_> {
    answer(status, "application/json; charset=utf-8", body)
}

/// The class of what a call came to, without its words.
fn class(call: Call, answer: &Answer<'_>) -> &'static str {
    match judge(call, answer).map_err(Error::from) {
        Ok(()) => "document",
        Err(Error::Throttled { .. }) => "throttled",
        Err(Error::Transient(_)) => "transient",
        Err(Error::Uncertain(_)) => "uncertain",
        Err(Error::Unauthorized(_)) => "unauthorized",
        Err(Error::Refused(_)) => "refused",
    }
}

fn sentence(call: Call, answer: &Answer<'_>) -> String {
    judge(call, answer)
        .map_err(Error::from)
        .unwrap_err()
        .to_string()
}

/// Checks answers, each with the class it has for a read and for a write.
fn check(table: &[(Answer<'_>, &str, &str)]) {
    for (answer, read, write) in table {
        assert_eq!(class(READ, answer), *read, "reading: {answer:?}");
        assert_eq!(class(WRITE, answer), *write, "writing: {answer:?}");
    }
}

#[test]
fn the_limit_is_known_on_whatever_status_it_comes() {
    for answer in [
        json(429, ""),
        answer(429, "text/html", PAGE),
        json(400, LIMIT),
        json(200, LIMIT),
        json(200, r#"{"ErrorCode":429}"#),
        answer(
            503,
            "text/plain",
            "You reached 60 calls per minute API LIMIT",
        ),
        json(503, r#"{"Message":"API limit"}"#),
        answer(200, "text/plain", "over the api limit"),
        json(200, r#""over the api limit""#),
    ] {
        check(&[(answer, "throttled", "throttled")]);
    }
}

#[test]
fn words_about_a_limit_within_a_document_whole_or_cut_are_not_the_limit() {
    check(&[
        (
            json(200, r#"{"Note":"API limit raised"}"#),
            "document",
            "document",
        ),
        (
            json(200, r#"{"Note":"API limit raised"#),
            "transient",
            "uncertain",
        ),
    ]);
}

#[test]
fn refused_keys_are_known_by_status_or_by_report() {
    for answer in [
        json(401, ""),
        json(403, DENIED),
        answer(403, "text/html", PAGE),
        json(200, DENIED),
        json(200, r#"[{"ErrorCode":"401","Exception":""}]"#),
    ] {
        check(&[(answer, "unauthorized", "unauthorized")]);
    }
}

#[test]
fn success_is_a_json_document_that_reports_no_error_at_its_top() {
    for answer in [
        json(200, r#"{"ID":"1"}"#),
        json(201, "[]"),
        answer(200, "text/plain", r#" {"ID":"1"} "#),
        json(200, r#"{"Lines":[{"ErrorCode":500,"Exception":"x"}]}"#),
    ] {
        check(&[(answer, "document", "document")]);
    }
}

#[test]
fn a_success_without_a_document_leaves_a_write_uncertain() {
    for answer in [
        answer(200, "text/html", PAGE),
        json(200, PAGE),
        answer(200, "text/html", r#"{"ID":"1"}"#),
        json(200, r#"{"ID":"1""#),
        json(200, ""),
        json(204, ""),
        json(200, "null"),
        json(200, "OK"),
        json(200, r#"[{"ErrorCode":500,"Exception":"boom"}]"#),
        json(200, r#"[{"ErrorCode":400},{"ErrorCode":503}]"#),
    ] {
        check(&[(answer, "transient", "uncertain")]);
    }
}

#[test]
fn a_failure_that_says_nothing_on_what_was_done_leaves_a_write_uncertain() {
    for answer in [
        json(500, ""),
        json(503, "busy"),
        answer(502, "text/html", PAGE),
        json(408, ""),
        json(302, ""),
        json(500, r#"[{"ErrorCode":400,"Exception":"x"}]"#),
    ] {
        check(&[(answer, "transient", "uncertain")]);
    }
}

#[test]
fn a_no_is_a_refusal_with_or_without_a_success_status() {
    for answer in [
        json(400, r#"[{"ErrorCode":400,"Exception":"No Location."}]"#),
        json(200, r#"{"ErrorCode":400,"Exception":"No Location."}"#),
        json(200, r#"{"Exception":"No Location."}"#),
        json(404, ""),
        answer(404, "text/html", PAGE),
        answer(400, "text/html", PAGE),
        json(405, "Method not allowed"),
    ] {
        check(&[(answer, "refused", "refused")]);
    }
}

#[test]
fn the_leading_digits_of_retry_after_count_within_bounds() {
    let table = [
        (Some("60 Seconds"), 60),
        (Some("30"), 30),
        (Some(" 7s"), 7),
        (Some("0"), 1),
        (Some("9000"), 300),
        (Some("Wed, 21 Oct 2026 07:28:00 GMT"), 60),
        (Some("99999999999999999999999"), 60),
        (Some(""), 60),
        (None, 60),
    ];
    for (retry_after, seconds) in table {
        let throttled = Error::Throttled {
            wait: Duration::from_secs(seconds),
        };
        let fault = judge(
            READ,
            &Answer {
                retry_after,
                ..json(429, "")
            },
        )
        .unwrap_err();
        assert_eq!(fault.error, throttled, "{retry_after:?}");
    }
}

#[test]
fn only_cin7_saying_so_makes_a_record_missing() {
    let table = [
        (json(404, ""), true),
        (
            json(404, r#"[{"ErrorCode":404,"Exception":"Nothing."}]"#),
            true,
        ),
        (
            json(200, r#"{"ErrorCode":404,"Exception":"Nothing."}"#),
            true,
        ),
        (
            json(
                400,
                r#"[{"ErrorCode":400,"Exception":"Sale with ID x not found."}]"#,
            ),
            true,
        ),
        (
            json(
                400,
                r#"[{"ErrorCode":400,"Exception":"The sale does not exist"}]"#,
            ),
            true,
        ),
        (
            json(400, r#"[{"ErrorCode":400,"Exception":"ID is not a Guid"}]"#),
            false,
        ),
        (answer(404, "text/html", PAGE), false),
        (answer(400, "text/html", PAGE), false),
        (answer(410, "text/html", PAGE), false),
        (json(500, "not found"), false),
    ];
    for (answer, missing) in table {
        assert_eq!(
            judge(READ, &answer).unwrap_err().missing,
            missing,
            "{answer:?}"
        );
    }
}

#[test]
fn a_refusal_repeats_cin7s_words() {
    let two = json(
        400,
        r#"[{"ErrorCode":400,"Exception":"No Location."},{"Exception":"No Lines."}]"#,
    );
    insta::assert_snapshot!(sentence(WRITE, &two), @"Cin7 refused POST /sale: No Location; No Lines");
    insta::assert_snapshot!(sentence(READ, &json(405, "Method not allowed.")), @"Cin7 refused GET /sale: Method not allowed");
    insta::assert_snapshot!(sentence(READ, &json(405, "")), @"Cin7 refused GET /sale with status 405 and no words");
    insta::assert_snapshot!(sentence(READ, &answer(404, "text/html", PAGE)), @"Cin7 has no such address: GET /sale was answered 404 with a web page (Page not found)");
    insta::assert_snapshot!(sentence(READ, &json(403, DENIED)), @"Cin7 refused the API keys (Incorrect credentials!)");
    insta::assert_snapshot!(sentence(READ, &json(401, "")), @"Cin7 refused the API keys (status 401)");
}

#[test]
fn a_lost_outcome_says_what_is_known() {
    insta::assert_snapshot!(sentence(WRITE, &json(500, "")), @"POST /sale may or may not have been applied: status 500");
    insta::assert_snapshot!(sentence(READ, &json(503, "Service unavailable.")), @"Cin7 gave no usable answer to GET /sale: status 503: Service unavailable");
    insta::assert_snapshot!(sentence(WRITE, &json(200, PAGE)), @"POST /sale may or may not have been applied: the answer was a web page (Page not found)");
    insta::assert_snapshot!(sentence(WRITE, &json(200, r#"{"ID":"#)), @"POST /sale may or may not have been applied: the answer was cut short");
    insta::assert_snapshot!(sentence(READ, &json(204, "")), @"Cin7 gave no usable answer to GET /sale: the answer was empty");
    insta::assert_snapshot!(sentence(READ, &json(429, "")), @"Cin7's call limit is reached; next call in 60 s");
}
