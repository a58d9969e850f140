//! The table: figures as they come, ratios with their aims beside them, and a count at the end.

use std::io::{Write as _, stderr, stdout};

use crate::{Failure, numbers::Series};

/// What a ratio should be.
#[derive(Clone, Copy)]
pub(crate) enum Aim {
    /// So much or less.
    AtMost(f64),
    /// So much or more.
    AtLeast(f64),
    /// Nothing was promised; the figure is for comparison.
    Known,
}

/// How a series is shown.
#[derive(Clone, Copy)]
pub(crate) enum Unit {
    /// Microseconds per operation.
    Micros,
    /// Milliseconds per operation.
    Millis,
    /// Operations per second.
    PerSecond,
}

/// What was printed so far, counted.
pub(crate) struct Report {
    met: usize,
    aims: usize,
}

impl Report {
    pub(crate) const fn new() -> Self {
        Self { met: 0, aims: 0 }
    }

    /// A line above a group of figures.
    pub(crate) fn heading(&mut self, text: &str) -> Result<(), Failure> {
        Ok(writeln!(stdout(), "\n{text}")?)
    }

    /// A line of words below figures.
    pub(crate) fn note(&mut self, text: &str) -> Result<(), Failure> {
        Ok(writeln!(stdout(), "  {text}")?)
    }

    /// Best and median of one series.
    pub(crate) fn figure(
        &mut self,
        what: &str,
        series: &Series,
        unit: Unit,
    ) -> Result<(), Failure> {
        let (best, median) = (shown(series.best(), unit), shown(series.median(), unit));
        Ok(writeln!(
            stdout(),
            "  {what:<62} best {best:>12}   median {median:>12}"
        )?)
    }

    /// How many times as long `ours` takes as `theirs`.
    pub(crate) fn times_as_long(
        &mut self,
        what: &str,
        ours: &Series,
        theirs: &Series,
        aim: Aim,
    ) -> Result<(), Failure> {
        self.ratio(
            what,
            ours.best() / theirs.best(),
            ours.median() / theirs.median(),
            aim,
        )
    }

    /// How many times as fast `ours` is as `theirs`.
    pub(crate) fn times_as_fast(
        &mut self,
        what: &str,
        ours: &Series,
        theirs: &Series,
        aim: Aim,
    ) -> Result<(), Failure> {
        self.ratio(
            what,
            theirs.best() / ours.best(),
            theirs.median() / ours.median(),
            aim,
        )
    }

    /// Whether one operation stays within so many milliseconds.
    pub(crate) fn within(&mut self, what: &str, ours: &Series, most: f64) -> Result<(), Failure> {
        let (best, median) = (ours.best() / 1e6, ours.median() / 1e6);
        let met = best <= most;
        self.aims += 1;
        self.met += usize::from(met);
        let verdict = if met { "pass" } else { "MISS" };
        Ok(writeln!(
            stdout(),
            "  {what:<62} best {best:>9.1} ms   median {median:>9.1} ms   aim ≤ {most} ms  {verdict}"
        )?)
    }

    /// Whether something that must not be was never found.
    pub(crate) fn none_of(&mut self, what: &str, found: usize, of: usize) -> Result<(), Failure> {
        let met = found == 0;
        self.aims += 1;
        self.met += usize::from(met);
        let verdict = if met { "pass" } else { "MISS" };
        let shown = format!("{found} of {of}");
        Ok(writeln!(
            stdout(),
            "  {what:<62} {shown:>17}   aim 0  {verdict}"
        )?)
    }

    fn ratio(&mut self, what: &str, best: f64, median: f64, aim: Aim) -> Result<(), Failure> {
        let verdict = self.judge(best, aim);
        Ok(writeln!(
            stdout(),
            "  {what:<62} best {best:>11.2}×   median {median:>11.2}×   {verdict}"
        )?)
    }

    /// The best round decides.
    fn judge(&mut self, best: f64, aim: Aim) -> String {
        let (met, aim) = match aim {
            Aim::AtMost(most) => (best <= most, format!("aim ≤ {most}×")),
            Aim::AtLeast(least) => (best >= least, format!("aim ≥ {least}×")),
            Aim::Known => return String::new(),
        };
        self.aims += 1;
        self.met += usize::from(met);
        format!("{aim:<12} {}", if met { "pass" } else { "MISS" })
    }

    /// The last line.
    pub(crate) fn finish(&self, smoke: bool) -> Result<(), Failure> {
        let (met, aims) = (self.met, self.aims);
        let caution = if smoke {
            "; a quick run shows that it runs, no more"
        } else {
            ""
        };
        Ok(writeln!(
            stdout(),
            "\n{met} of {aims} aims met, judged by the best rounds{caution}"
        )?)
    }
}

/// Nanoseconds per operation in another unit.
fn shown(nanos: f64, unit: Unit) -> String {
    match unit {
        Unit::Micros => format!("{:.2} µs", nanos / 1e3),
        Unit::Millis => format!("{:.1} ms", nanos / 1e6),
        Unit::PerSecond => format!("{:.0}/s", 1e9 / nanos),
    }
}

/// What goes on, for a person who waits.
pub(crate) fn say(text: &str) {
    // Nothing is lost where nobody listens.
    let _ = writeln!(stderr(), "{text}");
}
