//! What `template.yaml` declares, as far as these tests need it. It is read by its indentation: the
//! whole of it is held to account by `tools/template-checks.sh`.

use std::collections::BTreeSet;

/// The template as it stands in the repository.
pub(crate) const TEMPLATE: &str = include_str!("../../../../template.yaml");

/// The environment variables of a function: its own and those that all functions have.
pub(crate) fn variables(function: &str) -> BTreeSet<String> {
    let all = block(TEMPLATE, "Globals:");
    let own = block(TEMPLATE, &format!("  {function}:"));
    [all, own]
        .iter()
        .flat_map(|text| {
            let heading = text.lines().find(|line| line.trim() == "Variables:");
            block(text, heading.unwrap_or("  no variables of its own"))
                .lines()
                .filter_map(|line| line.split_once(": "))
                .map(|(name, _)| name.trim().to_owned())
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The lines that stand deeper than the line `heading`, right below it, without comments.
pub(crate) fn block(text: &str, heading: &str) -> String {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let below = text.lines().skip_while(|line| *line != heading).skip(1);
    below
        .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .take_while(|line| depth(line) > depth(heading))
        .flat_map(|line| [line, "\n"])
        .collect()
}
