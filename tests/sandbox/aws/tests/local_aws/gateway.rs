//! The events of an HTTP API, and the way back.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::Request;
use jiff::Timestamp;
use lambda_http::RequestExt;
use local_aws::gateway::{Route, event, response};
use serde_json::{Value, json};

const CALLER: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));

fn event_of(route: &str, request: Request<&str>) -> Option<Value> {
    let (parts, body) = request.into_parts();
    let now: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
    event(
        &route.parse::<Route>().unwrap(),
        &parts,
        body.as_bytes(),
        CALLER,
        now,
    )
}

fn callback() -> Request<&'static str> {
    Request::post("/hooks/c%2D1?a=1&b=x%20y&a=2")
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("X-FreshBooks-Hmac-SHA256", "signature")
        .header("X-Twice", "1")
        .header("X-Twice", "2")
        .header("Cookie", "one=1; two=2")
        .header("User-Agent", "tests")
        .body("name=invoice.create&object_id=1")
        .unwrap()
}

#[test]
fn a_form_arrives_in_base64_and_unchanged() {
    let event = event_of("POST /hooks/{connection}", callback()).unwrap();
    assert_eq!(event["isBase64Encoded"], true);
    assert_eq!(
        event["body"],
        "bmFtZT1pbnZvaWNlLmNyZWF0ZSZvYmplY3RfaWQ9MQ=="
    );
}

#[test]
fn text_and_json_arrive_as_text_and_an_empty_body_not_at_all() {
    for content_type in ["application/json; charset=utf-8", "text/html"] {
        let request = Request::post("/")
            .header("content-type", content_type)
            .body("{}")
            .unwrap();
        let event = event_of("$default", request).unwrap();
        assert_eq!(
            (&event["body"], &event["isBase64Encoded"]),
            (&json!("{}"), &json!(false))
        );
    }
    let event = event_of("$default", Request::get("/").body("").unwrap()).unwrap();
    assert!(event.get("body").is_none());
}

#[test]
fn headers_are_in_lower_case_joined_by_name_and_cookies_apart() {
    let event = event_of("POST /hooks/{connection}", callback()).unwrap();
    assert_eq!(event["headers"]["x-freshbooks-hmac-sha256"], "signature");
    assert_eq!(event["headers"]["x-twice"], "1,2");
    assert_eq!(event["headers"]["x-forwarded-for"], "203.0.113.7");
    assert!(event["headers"].get("cookie").is_none());
    assert_eq!(event["cookies"], json!(["one=1", "two=2"]));
}

#[test]
fn path_and_parameters_are_decoded_and_the_raw_query_is_not() {
    let event = event_of("POST /hooks/{connection}", callback()).unwrap();
    assert_eq!(event["version"], "2.0");
    assert_eq!(event["routeKey"], "POST /hooks/{connection}");
    assert_eq!(event["rawPath"], "/hooks/c-1");
    assert_eq!(event["pathParameters"], json!({ "connection": "c-1" }));
    assert_eq!(event["rawQueryString"], "a=1&b=x%20y&a=2");
    assert_eq!(
        event["queryStringParameters"],
        json!({ "a": "1,2", "b": "x y" })
    );
}

#[test]
fn the_request_context_names_the_call_and_each_has_an_id_of_its_own() {
    let event = event_of("POST /hooks/{connection}", callback()).unwrap();
    let context = &event["requestContext"];
    assert_eq!(context["http"]["method"], "POST");
    assert_eq!(context["http"]["path"], "/hooks/c-1");
    assert_eq!(context["http"]["protocol"], "HTTP/1.1");
    assert_eq!(context["http"]["sourceIp"], "203.0.113.7");
    assert_eq!(context["http"]["userAgent"], "tests");
    assert_eq!(context["stage"], "$default");
    assert_eq!(context["time"], "02/Mar/2026:09:00:00 +0000");
    assert_eq!(context["timeEpoch"], 1_772_442_000_000_i64);
    let other = event_of("POST /hooks/{connection}", callback()).unwrap();
    assert_ne!(context["requestId"], other["requestContext"]["requestId"]);
}

#[test]
fn a_function_reads_the_event_as_the_request_it_was() {
    let event = event_of("POST /hooks/{connection}", callback())
        .unwrap()
        .to_string();
    let request = lambda_http::request::from_str(&event).unwrap();
    assert_eq!(request.body().as_ref(), b"name=invoice.create&object_id=1");
    assert_eq!(request.uri().path(), "/hooks/c-1");
    assert_eq!(request.headers()["x-freshbooks-hmac-sha256"], "signature");
    assert_eq!(request.path_parameters().first("connection"), Some("c-1"));
}

#[test]
fn a_route_takes_its_own_method_and_path_only() {
    let takes = |route: &str, method: &str, path: &str| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .body("")
            .unwrap();
        event_of(route, request).is_some()
    };
    assert!(takes("POST /hooks/{c}", "POST", "/hooks/1"));
    for (method, path) in [
        ("GET", "/hooks/1"),
        ("POST", "/hooks"),
        ("POST", "/hooks/"),
        ("POST", "/hooks/1/2"),
    ] {
        assert!(!takes("POST /hooks/{c}", method, path), "{method} {path}");
    }
    assert!(takes("ANY /{rest+}", "PUT", "/a/b"));
    assert!(!takes("ANY /{rest+}", "PUT", "/"));
    assert!(takes("ANY /", "GET", "/"));
    assert!(takes("$default", "GET", "/"));
    assert!("POST".parse::<Route>().is_err());
    assert!("GET /{all+}/more".parse::<Route>().is_err());
}

#[test]
fn an_answer_becomes_the_response_it_describes() {
    let answer = json!({
        "statusCode": 201, "headers": { "x-one": "1" }, "cookies": ["a=1", "b=2"],
        "body": "aGk=", "isBase64Encoded": true,
    });
    let response = response(&answer.to_string());
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["x-one"], "1");
    assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
    assert_eq!(response.body().as_ref(), b"hi");
}

#[test]
fn an_answer_without_a_status_is_the_body_and_a_broken_one_a_server_error() {
    let plain = response(r#"{"hello":"there"}"#);
    assert_eq!(
        (plain.status().as_u16(), plain.body().as_ref()),
        (200, &br#"{"hello":"there"}"#[..])
    );
    for broken in [
        "",
        "{",
        r#"{"statusCode":"many"}"#,
        r#"{"statusCode":200,"body":{}}"#,
    ] {
        let response = response(broken);
        assert_eq!(response.status(), 500, "{broken}");
        assert_eq!(
            response.body().as_ref(),
            br#"{"message":"Internal Server Error"}"#
        );
    }
}
