//! Text for terminals: aligned columns, and nothing that could steer a terminal.

/// Text without control characters: names and sentences come from other people's systems.
pub(crate) fn plain(text: &str) -> String {
    let shown = |letter: char| {
        if letter.is_control() && letter != '\n' {
            ' '
        } else {
            letter
        }
    };
    text.chars().map(shown).collect()
}

/// Rows under their headings, each column as wide as its widest cell.
pub(crate) fn table<const N: usize>(headings: [&str; N], rows: Vec<[String; N]>) -> String {
    let mut lines = vec![headings.map(str::to_owned)];
    lines.extend(rows.into_iter().map(|row| row.map(|cell| one_line(&cell))));
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or_default());
    let mut text = String::new();
    for line in &lines {
        let cells = line
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:<width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Names and values, one a line; what has no value is left out.
pub(crate) fn list<const N: usize>(pairs: [(&str, String); N]) -> String {
    let given: Vec<_> = pairs
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let width = given
        .iter()
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or_default();
    let lines = given
        .into_iter()
        .map(|(name, value)| format!("{name:<width$}  {}\n", one_line(&value)));
    lines.collect()
}

fn one_line(text: &str) -> String {
    plain(text).replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_and_no_cell_steers_the_terminal() {
        let rows = vec![
            ["acme".to_owned(), "Müller\u{1b}[2J".to_owned()],
            ["a".to_owned(), "two\nlines".to_owned()],
        ];
        insta::assert_snapshot!(table(["NAME", "OWNER"], rows), @r"
        NAME  OWNER
        acme  Müller [2J
        a     two lines
        ");
    }
}
