//! What to call a client or a vendor.

use super::scalar::Scalar;

/// First and last name, as far as they are known.
pub(super) fn full_name(first: &Scalar, last: &Scalar) -> String {
    [first, last]
        .into_iter()
        .filter_map(Scalar::filled)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The first name in the order given, else one made of `what` it is and of its id: never empty,
/// because Cin7 finds customers and suppliers by their names.
pub(super) fn first_name_of<'a>(
    names: impl IntoIterator<Item = &'a str>,
    what: &str,
    id: &str,
) -> String {
    names
        .into_iter()
        .find(|name| !name.is_empty())
        .map_or_else(|| format!("FreshBooks {what} {id}"), str::to_owned)
}
