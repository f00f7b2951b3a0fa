//! The company (docs/cin7-api.md, company account).

use serde::Deserialize;

use crate::lenient::{Flag, Text};
use crate::{Company, day};

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
    /// The facts, or what is wrong with them.
    pub(crate) fn company(self) -> Result<Company, &'static str> {
        let currency = self.currency.0.parse().map_err(|_| "a base currency")?;
        let lock_date = self.lock_date.filled();
        let locked_until = lock_date.as_deref().and_then(day::read);
        if let (Some(text), None) = (&lock_date, locked_until) {
            tracing::warn!(
                lock_date = text,
                "Cin7's lock date is in no form that leaves no doubt"
            );
        }
        Ok(Company {
            name: self.company.0,
            currency,
            time_zone: self.time_zone.0,
            lock_date: locked_until,
            default_sale_tax_rule: self.default_sale_tax_rule_name.filled(),
            applies_discounts: self.automatically_apply_discounts.is_set(),
            tax_calculation: self.tax_calculation_method.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn read(json: &str) -> CompanyFacts {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_company_is_read_with_its_lock_date_as_a_day() {
        let facts = read(
            r#"{"Company":"Example Pty","Currency":"USD","TimeZone":"America/New_York",
            "LockDate":"2026-06-30T00:00:00","TaxCalculationMethod":"Row Total",
            "DefaultSaleTaxRuleName":"Tax on Sales","AutomaticallyApplyDiscounts":"true"}"#,
        );
        let company = facts.company().unwrap();
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
    fn a_lock_date_that_could_be_two_days_is_none_and_no_currency_is_an_error() {
        let facts = read(r#"{"Currency":"usd","LockDate":"05/06/2026"}"#);
        assert_eq!(facts.company().unwrap().lock_date, None);
        assert_eq!(read(r#"{"Company":"X"}"#).company(), Err("a base currency"));
    }
}
