//! What a log hears.

use std::thread;

use test_support::Log;

#[test]
fn a_log_keeps_the_lines_of_its_thread_and_of_its_time() {
    tracing::info!("before it listens");
    let log = Log::start();
    assert_eq!(log.text(), "");
    tracing::info!(noun = "invoice", "heard");
    let elsewhere = thread::spawn(|| tracing::info!("another thread"));
    assert!(elsewhere.join().is_ok());
    tracing::info!("heard again");
    let text = log.text();
    let lines: Vec<&str> = text.lines().collect();
    let [first, second] = lines[..] else {
        panic!("two lines were to be heard: {text}");
    };
    assert!(first.contains(r#""fields":{"message":"heard","noun":"invoice"}"#));
    assert!(second.contains(r#""fields":{"message":"heard again"}"#));
}
