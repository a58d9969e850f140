//! Counting tests from what their runners print at the end.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Tally {
    /// Reads cargo-nextest's line `Summary [ 1.2s] 5 tests run: 4 passed (1 slow), 1 failed, 2 skipped`.
    pub(crate) fn of_nextest(lines: &[String]) -> Self {
        let summary = lines
            .iter()
            .rev()
            .find(|line| line.trim_start().starts_with("Summary ["));
        let counts = summary.and_then(|line| line.split_once("run:"));
        counts.map_or_else(Self::default, |(_, counts)| Self::of_words(counts))
    }

    /// Reads and adds up libtest's lines `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub(crate) fn of_libtest(lines: &[String]) -> Self {
        let results = lines
            .iter()
            .filter_map(|line| line.trim_start().strip_prefix("test result:"));
        results.fold(Self::default(), |mut sum, counts| {
            sum += Self::of_words(counts);
            sum
        })
    }

    /// Reads the report that Vitest writes in Jest's JSON form.
    pub(crate) fn of_vitest(report: &serde_json::Value) -> Self {
        let number = |name: &str| {
            report
                .get(name)
                .and_then(serde_json::Value::as_u64)
                .unwrap_or(0)
        };
        Self {
            passed: number("numPassedTests"),
            failed: number("numFailedTests"),
            skipped: number("numPendingTests") + number("numTodoTests"),
        }
    }

    /// One failure that no test accounts for, such as a program that does not compile.
    pub(crate) fn one_failure() -> Self {
        Self {
            failed: 1,
            ..Self::default()
        }
    }

    fn of_words(counts: &str) -> Self {
        let words: Vec<&str> = counts
            .split(|mark: char| mark.is_whitespace() || ",;()".contains(mark))
            .filter(|word| !word.is_empty())
            .collect();
        let mut tally = Self::default();
        for pair in words.windows(2) {
            let [count, word] = pair else { continue };
            tally.count(word, count.parse().unwrap_or(0));
        }
        tally
    }

    fn count(&mut self, word: &str, count: u64) {
        match word {
            "passed" => self.passed += count,
            "failed" | "timed" | "exec" => self.failed += count,
            "skipped" | "ignored" => self.skipped += count,
            _ => {}
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(out, ", {} skipped", self.skipped)
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn nextest_summary_with_everything_in_it() {
        let said = lines(
            "     Summary [   0.1s] 1 test run: 1 passed, 0 skipped\n\
             ------------\n\
             \u{20}    Summary [  12.3s] 20 tests run: 15 passed (2 slow, 1 flaky), 2 failed, 1 exec failed, 2 timed out, 3 skipped\n\
             \u{20}       FAIL [   0.01s] a::b",
        );
        let tally = Tally::of_nextest(&said);
        assert_eq!(
            tally,
            Tally {
                passed: 15,
                failed: 5,
                skipped: 3
            }
        );
        assert_eq!(tally.to_string(), "15 passed, 5 failed, 3 skipped");
    }

    #[test]
    fn nextest_summary_of_a_run_that_was_cut_short() {
        let said = lines("     Summary [   0.1s] 3/9 tests run: 2 passed, 1 failed, 0 skipped");
        assert_eq!(
            Tally::of_nextest(&said),
            Tally {
                passed: 2,
                failed: 1,
                skipped: 0
            }
        );
    }

    #[test]
    fn libtest_results_add_up() {
        let said = lines(
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
             noise 7 passed\n\
             test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out; finished in 0.2s",
        );
        assert_eq!(
            Tally::of_libtest(&said),
            Tally {
                passed: 4,
                failed: 2,
                skipped: 1
            }
        );
    }

    #[test]
    fn vitest_report() {
        let report = serde_json::json!({
            "numTotalTests": 6, "numPassedTests": 3, "numFailedTests": 1,
            "numPendingTests": 1, "numTodoTests": 1,
        });
        assert_eq!(
            Tally::of_vitest(&report),
            Tally {
                passed: 3,
                failed: 1,
                skipped: 2
            }
        );
    }

    #[test]
    fn nothing_said_counts_nothing() {
        assert_eq!(Tally::of_nextest(&[]), Tally::default());
        assert_eq!(Tally::default().to_string(), "0 passed, 0 failed");
    }
}
