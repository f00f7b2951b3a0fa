//! `rate(…)`: so many minutes, hours or days apart.

use crate::parse::{CLOSEST, NotASchedule, quoted, wrong};

/// A connection that is looked at less often is better paused.
const FARTHEST_DAYS: u32 = 31;

/// Checks what stands between the brackets.
pub(crate) fn check(every: &str) -> Result<(), NotASchedule> {
    let (number, unit) = every.split_once(' ').unwrap_or((every, ""));
    let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let number: Option<u32> = number.parse().ok().filter(|&many| digits && many > 0);
    let minutes = match unit.strip_suffix('s').unwrap_or(unit) {
        "minute" => Some(1),
        "hour" => Some(60),
        "day" => Some(24 * 60),
        _ => None,
    };
    let (Some(number), Some(unit_minutes)) = (number, minutes) else {
        return wrong(format!(
            "{} cannot be a rate: write a whole number and minutes, hours or days, such as rate(15 minutes).",
            quoted(every)
        ));
    };
    // EventBridge takes "1 hour" and "2 hours".
    if (number == 1) == unit.ends_with('s') {
        let one = unit.trim_end_matches('s');
        let right = if number == 1 {
            one.to_owned()
        } else {
            format!("{one}s")
        };
        return wrong(format!("rate({every}) is written rate({number} {right})."));
    }
    let apart = number.saturating_mul(unit_minutes);
    if apart < CLOSEST {
        return wrong(format!(
            "rate({every}) is too often: polls are at least {CLOSEST} minutes apart."
        ));
    }
    if apart > FARTHEST_DAYS * 24 * 60 {
        return wrong(format!(
            "rate({every}) is too seldom: polls are at most {FARTHEST_DAYS} days apart."
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_hours_and_days_are_rates() {
        for every in [
            "5 minutes",
            "90 minutes",
            "1 hour",
            "12 hours",
            "1 day",
            "31 days",
        ] {
            assert_eq!(check(every), Ok(()), "{every}");
        }
    }

    #[test]
    fn what_is_no_rate_is_told_in_one_sentence() {
        let cases = [
            "4 minutes",
            "1 minute",
            "1 minutes",
            "15 minute",
            "1 hours",
            "32 days",
            "0 minutes",
            "-5 minutes",
            "+5 minutes",
            "1.5 hours",
            "5",
            "5  minutes",
            "five minutes",
            "5 weeks",
            "99999999999 days",
            "4294967295 days",
            "",
        ];
        let told = cases.map(|every| match check(every) {
            Ok(()) => format!("{every}: taken"),
            Err(wrong) => wrong.to_string(),
        });
        insta::assert_snapshot!(told.join("\n"), @r#"
        rate(4 minutes) is too often: polls are at least 5 minutes apart.
        rate(1 minute) is too often: polls are at least 5 minutes apart.
        rate(1 minutes) is written rate(1 minute).
        rate(15 minute) is written rate(15 minutes).
        rate(1 hours) is written rate(1 hour).
        rate(32 days) is too seldom: polls are at most 31 days apart.
        "0 minutes" cannot be a rate: write a whole number and minutes, hours or days, such as rate(15 minutes).
        "-5 minutes" cannot be a rate: write a whole number and minutes, hours or days, such as rate(15 minutes).
        "+5 minutes" cannot be a rate: write a whole number and minutes, hours or days, such as rate(15 minutes).
        "1.5 hours" cannot be a rate: write a whole number and minutes, hours or days, such as rate(15 minutes).
        "5" cannot be a rate: write a whole number and minutes, hours or days, such as rate(15 minutes).
        "5  minutes" cannot be a rate: write a whole number and minutes, hours or days, such as rate(15 minutes).
        "five minutes" cannot be a rate: write a whole number and minutes, hours or days, such as rate(15 minutes).
        "5 weeks" cannot be a rate: write a whole number and minutes, hours or days, such as rate(15 minutes).
        "99999999999 days" cannot be a rate: write a whole number and minutes, hours or days, such as rate(15 minutes).
        rate(4294967295 days) is too seldom: polls are at most 31 days apart.
        "" cannot be a rate: write a whole number and minutes, hours or days, such as rate(15 minutes).
        "#);
    }
}
