//! The company (docs/cin7-api.md, company account).

use jiff::civil::Date;
use serde::Deserialize;

use crate::call::Call;
use crate::lenient::{Flag, Text};
use crate::{Company, Error, day, limit};

/// How much of an unreadable lock date is repeated, in characters.
const LONGEST_LOCK_DATE: usize = 40;

/// `GET /me`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct CompanyFacts {
    company: Text,
    currency: Text,
    time_zone: Text,
    lock_date: Text,
    default_sale_tax_rule_name: Text,
    automatically_apply_discounts: Flag,
    tax_calculation_method: Text,
}

impl CompanyFacts {
    /// The company.
    ///
    /// # Errors
    /// [`Error::Refused`] for a lock date that cannot be read: taking it for none would post into
    /// closed books. Without a currency the answer is unusable.
    pub(crate) fn company(self, call: Call) -> Result<Company, Error> {
        let currency = self
            .currency
            .0
            .parse()
            .map_err(|_| call.without_outcome("it came without a base currency"))?;
        let lock_date = self.lock_date.filled().map(locked_until).transpose()?;
        Ok(Company {
            name: self.company.0,
            currency,
            time_zone: self.time_zone.0,
            lock_date,
            default_sale_tax_rule: self.default_sale_tax_rule_name.filled(),
            applies_discounts: self.automatically_apply_discounts.is_set(),
            tax_calculation: self.tax_calculation_method.0,
        })
    }
}

fn locked_until(text: String) -> Result<Date, Error> {
    day::read_latest(&text).ok_or_else(|| {
        let text = limit::shortened(&text, LONGEST_LOCK_DATE);
        Error::Refused(format!(
            "Cin7's lock date \"{text}\" cannot be read as a day, so nothing can be posted"
        ))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(json: &str) -> Result<Company, Error> {
        let facts: CompanyFacts = serde_json::from_str(json).unwrap();
        facts.company(Call::Read("me"))
    }

    fn locked(json: &str) -> Result<Option<Date>, Error> {
        read(&format!(r#"{{"Currency":"USD",{json}}}"#)).map(|company| company.lock_date)
    }

    #[test]
    fn a_company_is_read_with_its_lock_date_as_a_day() {
        let company = read(
            r#"{"Company":"Example Pty","Currency":"USD","TimeZone":"America/New_York",
            "LockDate":"2026-06-30T00:00:00","TaxCalculationMethod":"Row Total",
            "DefaultSaleTaxRuleName":"Tax on Sales","AutomaticallyApplyDiscounts":"true"}"#,
        )
        .unwrap();
        assert_eq!(company.currency.code(), "USD");
        assert_eq!(company.lock_date, Some(date(2026, 6, 30)));
        assert_eq!(
            company.default_sale_tax_rule.as_deref(),
            Some("Tax on Sales")
        );
        assert_eq!(company.tax_calculation, "Row Total");
        assert!(company.applies_discounts);
    }

    #[test]
    fn a_lock_date_that_could_be_two_days_locks_until_the_later_one() {
        for json in [r#""LockDate":"05/06/2026""#, r#""LockDate":"06/05/2026""#] {
            assert_eq!(locked(json), Ok(Some(date(2026, 6, 5))), "{json}");
        }
    }

    #[test]
    fn no_lock_date_is_null_absent_or_empty() {
        for json in [r#""LockDate":null"#, r#""LockDate":"""#, r#""TimeZone":"""#] {
            assert_eq!(locked(json), Ok(None), "{json}");
        }
    }

    #[test]
    fn a_lock_date_that_cannot_be_read_is_refused_and_never_taken_for_none() {
        let error = locked(r#""LockDate":"end of June""#).unwrap_err();
        assert!(matches!(error, Error::Refused(_)), "{error:?}");
        insta::assert_snapshot!(error, @r#"Cin7's lock date "end of June" cannot be read as a day, so nothing can be posted"#);
        let long = format!(r#""LockDate":"{}""#, "x".repeat(1000));
        assert!(locked(&long).unwrap_err().to_string().len() < 150);
    }

    #[test]
    fn a_company_without_a_currency_is_no_usable_answer() {
        let error = read(r#"{"Company":"X"}"#).unwrap_err();
        insta::assert_snapshot!(error, @"Cin7 gave no usable answer to GET /me: it came without a base currency");
        assert!(matches!(error, Error::Transient(_)), "{error:?}");
    }
}
