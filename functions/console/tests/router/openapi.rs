//! `openapi.json` against the routes, and answers against `openapi.json`.

use std::collections::BTreeSet;

use console::{Access, ROUTES};
use serde_json::{Value, json};

/// The document.
pub(crate) fn document() -> Value {
    serde_json::from_str(include_str!("../../openapi.json")).unwrap()
}

/// What a reference leads to; anything else is itself.
fn resolved<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    match value.get("$ref") {
        Some(path) => {
            let pointer = path.as_str().unwrap().strip_prefix('#').unwrap();
            document.pointer(pointer).unwrap()
        }
        None => value,
    }
}

/// The operation of a request: method and path of one of the routes.
fn operation<'d>(document: &'d Value, method: &str, path: &str) -> Option<&'d Value> {
    let fits = |template: &str| {
        let (wanted, given) = (template.split('/'), path.split('/'));
        template.split('/').count() == path.split('/').count()
            && wanted
                .zip(given)
                .all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
    };
    let paths = document["paths"].as_object().unwrap();
    let (_, operations) = paths.iter().find(|(template, _)| fits(template))?;
    operations.get(method.to_lowercase())
}

/// Panics where an answer of the API is not as the document says.
pub(crate) fn check(method: &str, path: &str, status: u16, body: &Value) {
    let mut document = document();
    let schema = match operation(&document, method, path) {
        Some(operation) => {
            let answer = &operation["responses"][status.to_string()];
            assert!(
                !answer.is_null(),
                "{method} {path}: {status} is not documented: {body}"
            );
            resolved(&document, answer)["content"]["application/json"]["schema"].clone()
        }
        // No such route: an error like all others.
        None => json!({ "$ref": "#/components/schemas/Error" }),
    };
    let mut root = schema;
    root["components"] = document["components"].take();
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&root)
        .unwrap();
    let wrong: Vec<_> = validator
        .iter_errors(body)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(
        wrong.is_empty(),
        "{method} {path} {status}: {wrong:?}\n{body:#}"
    );
}

#[test]
fn the_document_and_the_table_have_the_same_routes() {
    let document = document();
    let documented: BTreeSet<String> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, operations)| {
            let methods = operations.as_object().unwrap().keys();
            methods.map(move |method| format!("{} {path}", method.to_uppercase()))
        })
        .collect();
    let routes = ROUTES
        .iter()
        .map(|route| format!("{} {}", route.method, route.path));
    assert_eq!(documented, routes.collect());
}

#[test]
fn the_document_tells_who_may_call_a_route_and_what_it_takes() {
    let document = document();
    for route in &ROUTES {
        let name = format!("{} {}", route.method, route.path);
        let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
        let is_open = operation["security"] == json!([]);
        assert_eq!(is_open, route.access == Access::Open, "{name}");
        assert_eq!(operation["requestBody"].is_object(), route.body, "{name}");
        let parameters = operation["parameters"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let listed = |place: &str| -> BTreeSet<String> {
            let all = parameters.iter().map(|one| resolved(&document, one));
            let there = all.filter(|one| one["in"] == place);
            there
                .map(|one| one["name"].as_str().unwrap().to_owned())
                .collect()
        };
        let query = route.query.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(listed("query"), query, "{name}");
        let path = route
            .path
            .split('/')
            .filter_map(|part| part.strip_prefix('{'));
        let path = path
            .map(|part| part.trim_end_matches('}').to_owned())
            .collect();
        assert_eq!(listed("path"), path, "{name}");
    }
}

#[test]
fn every_reference_in_the_document_leads_somewhere_and_every_schema_is_used() {
    let document = document();
    let text = document.to_string();
    let mut used = BTreeSet::new();
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(document.pointer(pointer).is_some(), "{pointer}");
        used.insert(pointer.to_owned());
    }
    for kind in ["schemas", "responses", "parameters"] {
        for name in document["components"][kind].as_object().unwrap().keys() {
            assert!(
                used.contains(&format!("/components/{kind}/{name}")),
                "{kind} {name}"
            );
        }
    }
}

#[test]
#[should_panic(expected = "is not documented")]
fn an_answer_that_the_document_does_not_know_is_noticed() {
    check("GET", "/connections", 418, &json!({}));
}

#[test]
#[should_panic(expected = "surprise")]
fn a_field_that_the_document_does_not_know_is_noticed() {
    check(
        "GET",
        "/connections",
        200,
        &json!({ "connections": [], "surprise": 1 }),
    );
}
