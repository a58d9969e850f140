//! Tables on the page: numbers at the end of their column, bad news in bold, and on a narrow page a card for each row.

use super::escape;
use crate::report::table::Table;

/// How a table is laid out on a narrow page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Narrow {
    /// It is scrolled sideways.
    Scrolled,
    /// Each row becomes a card, every value with its column's name.
    Cards,
}

/// What a table needs beyond its cells.
pub(super) struct Shown<'a> {
    pub(super) head: &'a [&'a str],
    pub(super) caption: &'a str,
    pub(super) narrow: Narrow,
    /// Columns in which anything but nought is bad news.
    pub(super) alarms: &'a [usize],
}

pub(super) fn html_table(table: &Table, shown: &Shown<'_>) -> String {
    let class = |at: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.get(at));
        match at > 0 && cells.all(|cell| is_number(cell)) {
            true => " class=\"number\"",
            false => "",
        }
    };
    // The roles stand here because cards are no table to a browser any more.
    let head: String = (0..)
        .zip(shown.head)
        .map(|(at, name)| {
            let class = class(at);
            format!("<th scope=\"col\" role=\"columnheader\"{class}>{name}</th>")
        })
        .collect();
    let cell = |(at, cell): (usize, &String)| {
        let (class, name) = (class(at), shown.head.get(at).unwrap_or(&""));
        let text = match shown.alarms.contains(&at) && cell != "0" {
            true => format!("<strong class=\"bad\">{}</strong>", escape(cell)),
            false => escape(cell),
        };
        format!("<td role=\"cell\" data-name=\"{name}\"{class}><span>{text}</span></td>")
    };
    let row = |cells: &Vec<String>| {
        let cells: String = cells.iter().enumerate().map(cell).collect();
        format!("<tr role=\"row\">{cells}</tr>\n")
    };
    let rows: String = table.rows.iter().map(row).collect();
    let (caption, class) = match shown.narrow {
        Narrow::Scrolled => (shown.caption, "wide"),
        Narrow::Cards => (shown.caption, "wide cards"),
    };
    format!(
        "<div class=\"{class}\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">\n<table role=\"table\">\n<caption>{caption}</caption>\n\
         <thead role=\"rowgroup\"><tr role=\"row\">{head}</tr></thead>\n<tbody role=\"rowgroup\">\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

/// A count, or a time with its unit.
fn is_number(cell: &str) -> bool {
    cell == "–" || (cell.len() <= 12 && cell.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_overdue_stands_out_and_every_value_has_its_name() {
        let rows = [["Fire & Rescue", "12", "0"], ["Council", "8", "1"]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec()).to_vec();
        let shown = Shown {
            head: &["Agency", "Consents", "Overdue"],
            caption: "All",
            narrow: Narrow::Cards,
            alarms: &[2],
        };
        let html = html_table(&Table { head: vec![], rows }, &shown);
        assert!(html.contains("Fire &amp; Rescue"));
        assert_eq!(html.matches("class=\"bad\"").count(), 1);
        assert!(
            html.contains("data-name=\"Overdue\" class=\"number\"><span><strong class=\"bad\">1<")
        );
        assert_eq!(html.matches("class=\"number\"").count(), 6, "but no name");
    }
}
