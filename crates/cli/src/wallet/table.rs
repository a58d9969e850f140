//! Aligned columns for people, and texts of others in their place: a line break in one begins no line of ours.

/// Rows of text under their headings, each column as wide as its widest cell.
pub(crate) fn table<const N: usize>(headings: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = headings.map(width);
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell));
        }
    }
    let mut out = line(&headings, &widths);
    for row in rows {
        out.push_str(&line(&row.each_ref().map(String::as_str), &widths));
    }
    out
}

/// Names and values, one pair a line.
pub(crate) fn pairs(pairs: &[(&str, String)]) -> String {
    let widest = pairs.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    pairs
        .iter()
        .map(|(name, value)| format!("{}  {}\n", pad(name, widest), one_line(value)))
        .collect()
}

/// The text with its lines after each other.
pub(crate) fn one_line(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join(" ")
}

/// The text with each of its lines marked as somebody else's.
pub(crate) fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("  | {line}\n")).collect()
}

fn line(cells: &[&str], widths: &[usize]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .zip(widths)
        .map(|(cell, widest)| pad(&one_line(cell), *widest))
        .collect();
    format!("{}\n", cells.join("  ").trim_end())
}

fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_by_characters_not_bytes() {
        let rows = [
            ["tân".to_owned(), "1".to_owned()],
            ["fire!".to_owned(), "2".to_owned()],
        ];
        assert_eq!(table(["who", "n"], &rows), "who    n\ntân    1\nfire!  2\n");
        assert_eq!(
            pairs(&[("a", "x".into()), ("abc", "y".into())]),
            "a    x\nabc  y\n"
        );
    }

    #[test]
    fn a_line_of_somebody_else_is_none_of_ours() {
        let cunning = "x\nWho asks  The NHS".to_owned();
        assert_eq!(pairs(&[("a", cunning.clone())]), "a  x Who asks  The NHS\n");
        let rows = [[cunning.clone(), "1".to_owned()]];
        assert!(table(["who", "n"], &rows).contains("\nx Who asks  The NHS"));
        assert_eq!(quoted(&cunning), "  | x\n  | Who asks  The NHS\n");
    }
}
