//! The plots, as SVG that takes its colours from the page (light, dark, forced and print) and tells
//! a screen reader what it shows. No series is told by its colour alone.

use plotters::{coord::Shift, prelude::*};

use super::{
    figures::{Report, Unit},
    table::short,
};
use crate::AuditError;

/// In SVG units; small, so that labels stay readable on a phone.
const SIZE: (u32, u32) = (420, 260);
const FONT: (&str, u32) = ("sans-serif", 13);

/// Colours that stand for the page's own; replaced in the finished SVG.
const INK: RGBColor = RGBColor(1, 2, 3);
const GRID: RGBColor = RGBColor(1, 2, 4);
const FIRST: RGBColor = RGBColor(1, 2, 5);
const SECOND: RGBColor = RGBColor(1, 2, 6);
const REPLACED: [(&str, &str); 4] = [
    ("#010203", "currentColor"),
    ("#010204", "var(--grid)"),
    ("#010205", "var(--first)"),
    ("#010206", "var(--second)"),
];

/// What a plot shows, in words.
pub(crate) struct Words<'a> {
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Grants and revocations over time: two bars a bin, the first filled, the second hollow.
pub(crate) fn activity(report: &Report, words: &Words<'_>) -> Result<String, AuditError> {
    let bars: Vec<Vec<u64>> = report
        .activity
        .iter()
        .map(|bin| vec![bin.granted, bin.revoked])
        .collect();
    let label = |at: usize| {
        report
            .activity
            .get(at)
            .map(|bin| short(bin.from, report.unit))
            .unwrap_or_default()
    };
    let labels: Vec<String> = (0..bars.len()).map(label).collect();
    let every = match report.unit {
        Unit::Hour | Unit::SixHours => bars.len().div_ceil(4),
        _ => bars.len().div_ceil(6),
    };
    draw(words, &bars, &labels, every.max(1))
}

/// How long revocations took to be published: one bar a bound.
pub(crate) fn publication(report: &Report, words: &Words<'_>) -> Result<String, AuditError> {
    let bars: Vec<Vec<u64>> = report
        .publication
        .iter()
        .map(|row| vec![row.count])
        .collect();
    let labels: Vec<String> = report
        .publication
        .iter()
        .map(|row| row.within.map_or_else(|| "more".into(), within))
        .collect();
    draw(words, &bars, &labels, 1)
}

/// A bound as the axis has it.
pub(crate) fn within(seconds: i64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds / 60),
        3600..86_400 => format!("{} h", seconds / 3600),
        _ => format!("{} d", seconds / 86_400),
    }
}

fn draw(
    words: &Words<'_>,
    bars: &[Vec<u64>],
    labels: &[String],
    every: usize,
) -> Result<String, AuditError> {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
    let drawn = draw_bars(&area, bars, labels, every);
    drop(area);
    drawn.map_err(|error| AuditError::Plot(error.to_string()))?;
    Ok(finish(&svg, words))
}

type DrawError = DrawingAreaErrorKind<std::io::Error>;

fn draw_bars(
    area: &Area<'_>,
    bars: &[Vec<u64>],
    labels: &[String],
    every: usize,
) -> Result<(), DrawError> {
    let top = bars.iter().flatten().copied().max().unwrap_or(0).max(1);
    let (width, height) = (bars.len().max(1) as f64, top as f64 * 1.08);
    let mut chart = ChartBuilder::on(area)
        .margin(8)
        .margin_right(20)
        .x_label_area_size(26)
        .y_label_area_size(digits(top) * 9 + 14)
        .build_cartesian_2d((0.0..width).step(1.0), 0.0..height)?;
    // The middle of a bar is where its label stands.
    let label = |x: &f64| {
        let at = x.round() as usize;
        if at.is_multiple_of(every) {
            labels.get(at).cloned().unwrap_or_default()
        } else {
            String::new()
        }
    };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(GRID)
        .axis_style(INK)
        .label_style(FONT.into_font().color(&INK))
        .x_labels(bars.len() + 1)
        // One more than the top, for the nought.
        .y_labels(usize::try_from(top).unwrap_or(6).min(6) + 1)
        .x_label_offset(i32::try_from((SIZE.0 - 80) / (2 * bars.len().max(1) as u32)).unwrap_or(0))
        .x_label_formatter(&label)
        .y_label_formatter(&|y| {
            if y.fract() == 0.0 {
                format!("{y:.0}")
            } else {
                String::new()
            }
        })
        .draw()?;
    for (at, group) in bars.iter().enumerate() {
        let width = 0.76 / group.len().max(1) as f64;
        for (series, count) in group.iter().enumerate().filter(|(_, count)| **count > 0) {
            let left = at as f64 + 0.12 + width * series as f64;
            let corners = [(left, 0.0), (left + width * 0.94, *count as f64)];
            let style = if series == 0 {
                FIRST.filled()
            } else {
                SECOND.stroke_width(2)
            };
            chart.draw_series([Rectangle::new(corners, style)])?;
        }
    }
    area.present()
}

fn digits(number: u64) -> u32 {
    number.max(1).ilog10() + 1
}

/// Gives the SVG its words, the page's colours and a size that follows the page.
fn finish(svg: &str, words: &Words<'_>) -> String {
    let mut svg = svg.to_owned();
    for (ours, pages) in REPLACED {
        svg = svg.replace(ours, pages);
    }
    let (_, body) = svg.split_once('>').unwrap_or_default();
    let (width, height) = SIZE;
    let Words {
        id,
        title,
        description,
    } = words;
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{title}</title>\
         <desc id=\"{id}-desc\">{description}</desc>{body}"
    )
}
