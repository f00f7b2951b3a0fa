//! Connections' schedules on an embedded EventBridge Scheduler.

#![expect(clippy::unwrap_used, reason = "a failed assumption is a failed test")]

use aws_sdk_scheduler::Client;
use aws_sdk_scheduler::types::ScheduleState;
use ledger::{ConnectionId, PollSchedule};
use local_aws::{Fault, LocalAws, Options, Service};
use schedules::{Error, Place, Put, Schedules, parse, usual};

const GROUP: &str = "connector";

async fn start() -> (LocalAws, Schedules) {
    let aws = LocalAws::start(Options::default()).await.unwrap();
    let group = aws.scheduler().create_schedule_group().name(GROUP);
    group.send().await.unwrap();
    let schedules = Schedules::new(aws.scheduler(), place());
    (aws, schedules)
}

fn place() -> Place {
    Place {
        group: GROUP.to_owned(),
        poller: "arn:aws:lambda:us-east-1:000000000000:function:poller".to_owned(),
        role: "arn:aws:iam::000000000000:role/scheduler".to_owned(),
    }
}

fn acme() -> ConnectionId {
    "acme".parse().unwrap()
}

fn daily() -> PollSchedule {
    parse("cron(0 6 * * ? *)", "America/Toronto").unwrap()
}

async fn expression(client: &Client) -> Option<String> {
    let got = client.get_schedule().group_name(GROUP).name("acme");
    got.send().await.ok()?.schedule_expression
}

#[tokio::test]
async fn a_schedule_is_made_once_changed_where_it_differs_and_removed() {
    let (aws, schedules) = start().await;
    assert_eq!(schedules.put(&acme(), &usual()).await, Ok(Put::Made));
    assert_eq!(schedules.put(&acme(), &usual()).await, Ok(Put::Stands));
    assert_eq!(schedules.put(&acme(), &daily()).await, Ok(Put::Changed));
    let stands = expression(&aws.scheduler()).await;
    assert_eq!(stands.as_deref(), Some("cron(0 6 * * ? *)"));
    let elsewhere = PollSchedule {
        time_zone: "UTC".to_owned(),
        ..daily()
    };
    assert_eq!(schedules.put(&acme(), &elsewhere).await, Ok(Put::Changed));

    assert_eq!(schedules.remove(&acme()).await, Ok(()));
    assert_eq!(schedules.remove(&acme()).await, Ok(()), "there is none");
    assert_eq!(expression(&aws.scheduler()).await, None);
}

#[tokio::test]
async fn a_schedule_that_starts_something_else_or_nothing_is_another() {
    let (aws, schedules) = start().await;
    schedules.put(&acme(), &usual()).await.unwrap();
    let elsewhere = Place {
        poller: "arn:aws:lambda:us-east-1:000000000000:function:older".to_owned(),
        ..place()
    };
    let elsewhere = Schedules::new(aws.scheduler(), elsewhere);
    assert_eq!(elsewhere.put(&acme(), &usual()).await, Ok(Put::Changed));
    assert_eq!(schedules.put(&acme(), &usual()).await, Ok(Put::Changed));

    let stands = aws
        .scheduler()
        .get_schedule()
        .group_name(GROUP)
        .name("acme");
    let stands = stands.send().await.unwrap();
    let disable = aws
        .scheduler()
        .update_schedule()
        .group_name(GROUP)
        .name("acme");
    let disable = disable
        .set_schedule_expression(stands.schedule_expression)
        .set_flexible_time_window(stands.flexible_time_window)
        .set_target(stands.target)
        .state(ScheduleState::Disabled);
    disable.send().await.unwrap();
    assert_eq!(schedules.put(&acme(), &usual()).await, Ok(Put::Changed));
    assert_eq!(schedules.put(&acme(), &usual()).await, Ok(Put::Stands));
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_makes_one_schedule() {
    for fault in [Fault::CutAfter, Fault::Error500Applied, Fault::CutBefore] {
        let (aws, schedules) = start().await;
        for operation in ["GetSchedule", "CreateSchedule"] {
            aws.fail_next(Service::Scheduler, operation, fault);
        }
        assert_eq!(
            schedules.put(&acme(), &usual()).await,
            Ok(Put::Made),
            "{fault:?}"
        );
        aws.fail_next(Service::Scheduler, "UpdateSchedule", fault);
        assert_eq!(
            schedules.put(&acme(), &daily()).await,
            Ok(Put::Changed),
            "{fault:?}"
        );
        aws.fail_next(Service::Scheduler, "DeleteSchedule", fault);
        assert_eq!(schedules.remove(&acme()).await, Ok(()), "{fault:?}");
        assert_eq!(expression(&aws.scheduler()).await, None);
    }
}

#[tokio::test]
async fn two_who_make_it_at_once_leave_one() {
    let (aws, schedules) = start().await;
    let (usual, daily) = (usual(), daily());
    let id = acme();
    let (one, other) = tokio::join!(schedules.put(&id, &usual), schedules.put(&id, &daily));
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    assert!(expression(&aws.scheduler()).await.is_some());
}

#[tokio::test]
async fn what_eventbridge_refuses_or_does_not_do_is_told_apart() {
    let (aws, schedules) = start().await;
    let never = PollSchedule {
        expression: "cron(0 6 * * * *)".to_owned(),
        time_zone: "UTC".to_owned(),
    };
    let Err(Error::Refused(words)) = schedules.put(&acme(), &never).await else {
        panic!("it was taken");
    };
    assert!(words.starts_with("ValidationException"), "{words}");
    let nowhere = Place {
        group: "nowhere".to_owned(),
        ..place()
    };
    let nowhere = Schedules::new(aws.scheduler(), nowhere);
    let Err(Error::Unavailable(words)) = nowhere.put(&acme(), &usual()).await else {
        panic!("it was taken");
    };
    assert!(words.contains("group nowhere does not exist"), "{words}");
}

/// The two readings of the rules were written apart from each other.
#[tokio::test]
async fn whatever_is_taken_here_is_taken_there() {
    let (_aws, schedules) = start().await;
    for (expression, zone) in [
        ("rate(5 minutes)", "UTC"),
        ("rate(1 hour)", "Europe/Berlin"),
        ("rate(31 days)", "Asia/Kolkata"),
        ("cron(0 10 * * ? *)", "America/Toronto"),
        ("cron(0 18 ? * MON-FRI *)", "Pacific/Auckland"),
        ("cron(0/5 8-17 ? * mon-fri *)", "UTC"),
        ("cron(*/15 * * * ? 2026-2030)", "UTC"),
        ("cron(15 10 ? * 6L 2026)", "UTC"),
        ("cron(0 9 ? * 2#1 *)", "America/Argentina/Buenos_Aires"),
        ("cron(0 9 L JAN,JUL ? *)", "UTC"),
        ("cron(0 9 15W * ? *)", "UTC"),
        ("cron(0 9 ? * L *)", "UTC"),
        ("cron(0,30 8,12,16 1-7 1/3 ? *)", "UTC"),
    ] {
        let schedule = parse(expression, zone).unwrap();
        let put = schedules.put(&acme(), &schedule).await;
        assert!(put.is_ok(), "{expression} {zone}: {put:?}");
    }
}
