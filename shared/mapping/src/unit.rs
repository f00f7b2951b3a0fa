//! The smallest unit of a currency, by which what FreshBooks rounded may be off.

use money::{Currency, Decimal};

/// Currencies without a smaller unit (ISO 4217); FreshBooks may round those to whole units.
const WHOLE_UNITS: [&str; 16] = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
];

/// A cent, or one of a currency that has none.
pub(crate) fn unit(currency: Currency) -> Decimal {
    if WHOLE_UNITS.contains(&currency.code()) {
        return Decimal::ONE;
    }
    Decimal::new(1, 2)
}
