//! A real binary behind the Runtime API.

use std::path::PathBuf;
use std::time::Duration;

use local_aws::runtime_api::{InvokeError, RuntimeApi};
use serde_json::Value;

use crate::support::example;

async fn function(variable: &str, timeout: Duration) -> RuntimeApi {
    let variables = [(variable.to_owned(), "value".to_owned())];
    RuntimeApi::spawn(&example("sample_function"), variables, timeout)
        .await
        .unwrap()
}

const PLENTY: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_function_answers_event_after_event_from_one_process() {
    let function = function("GIVEN", PLENTY).await;
    let first: Value = serde_json::from_str(&function.invoke(r#"{"n":1}"#).await.unwrap()).unwrap();
    let process = function.process_id().await;
    let second: Value =
        serde_json::from_str(&function.invoke(r#"{"n":2}"#).await.unwrap()).unwrap();
    assert_eq!(
        (&first["event"]["n"], &second["event"]["n"]),
        (&1.into(), &2.into())
    );
    assert_ne!(first["request_id"], second["request_id"]);
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:sample_function";
    assert_eq!(first["function_arn"], arn);
    assert_eq!(function.process_id().await, process);
}

#[tokio::test]
async fn a_function_sees_the_variables_it_was_given_and_no_others() {
    let function = function("GIVEN", PLENTY).await;
    let answer: Value = serde_json::from_str(&function.invoke("{}").await.unwrap()).unwrap();
    assert_eq!(
        (&answer["variable"], &answer["home"]),
        (&"value".into(), &Value::Null)
    );
}

#[tokio::test]
async fn an_error_of_the_function_is_told_and_the_process_stays() {
    let function = function("GIVEN", PLENTY).await;
    let failed = function.invoke(r#"{"do":"fail"}"#).await.unwrap_err();
    assert!(matches!(&failed, InvokeError::Function(report) if report.contains("as asked")));
    function.invoke("{}").await.unwrap();
}

#[tokio::test]
async fn a_function_that_dies_is_noticed_and_replaced() {
    let function = function("GIVEN", PLENTY).await;
    let died = function.invoke(r#"{"do":"die"}"#).await.unwrap_err();
    assert!(
        matches!(died, InvokeError::Died { status } if status.code() == Some(7)),
        "{died}"
    );
    function.invoke("{}").await.unwrap();
}

#[tokio::test]
async fn a_function_that_takes_too_long_is_killed_and_replaced() {
    let function = function("GIVEN", Duration::from_secs(1)).await;
    let late = function.invoke(r#"{"do":"hang"}"#).await.unwrap_err();
    assert!(matches!(late, InvokeError::TimedOut { .. }), "{late}");
    function.invoke("{}").await.unwrap();
}

#[tokio::test]
async fn a_function_that_does_not_start_is_noticed() {
    let function = function("REFUSE_TO_START", PLENTY).await;
    let died = function.invoke("{}").await.unwrap_err();
    assert!(
        matches!(died, InvokeError::Died { status } if status.code() == Some(3)),
        "{died}"
    );
    let missing = RuntimeApi::spawn(&PathBuf::from("/nowhere"), [], PLENTY).await;
    assert!(matches!(missing, Err(InvokeError::Start { .. })));
}
