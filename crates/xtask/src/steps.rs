//! A task made of steps: each is timed, a failure is remembered, and the rest still run.

use std::time::{Duration, Instant};

use crate::error::XtaskError;
use crate::tally::Tally;

/// The steps made so far.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<Done>,
    tally: Tally,
}

struct Done {
    name: &'static str,
    took: Duration,
    outcome: Outcome,
}

#[derive(PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    PassedOver,
}

impl Steps {
    /// Makes a step that counts no tests. Its failure counts as one.
    pub(crate) fn check(
        &mut self,
        name: &'static str,
        step: impl FnOnce() -> Result<(), XtaskError>,
    ) {
        self.count(name, || step().map(|()| (true, Tally::default())));
    }

    /// Makes a step that runs tests and says whether its program succeeded.
    pub(crate) fn count(
        &mut self,
        name: &'static str,
        step: impl FnOnce() -> Result<(bool, Tally), XtaskError>,
    ) {
        println!("\n── {name}");
        let start = Instant::now();
        let (success, mut tally) = step().unwrap_or_else(|error| {
            println!("{error}\n{}", error.todo());
            (false, Tally::default())
        });
        if !success && tally.failed == 0 {
            tally += Tally::one_failure();
        }
        self.tally += tally;
        let outcome = if success {
            Outcome::Passed
        } else {
            Outcome::Failed
        };
        self.note(name, start.elapsed(), outcome);
    }

    fn note(&mut self, name: &'static str, took: Duration, outcome: Outcome) {
        println!("── {name}: {:.1} s", took.as_secs_f64());
        self.done.push(Done {
            name,
            took,
            outcome,
        });
    }

    /// Makes a step without which the others make no sense.
    ///
    /// # Errors
    /// The step's own.
    pub(crate) fn require(
        &mut self,
        name: &'static str,
        step: impl FnOnce() -> Result<(), XtaskError>,
    ) -> Result<(), XtaskError> {
        println!("\n── {name}");
        let start = Instant::now();
        step()?;
        self.note(name, start.elapsed(), Outcome::Passed);
        Ok(())
    }

    /// Notes a step that this machine cannot make.
    pub(crate) fn pass_over(&mut self, name: &'static str, why: &str) {
        println!("\n── {name}: passed over, {why}");
        self.done.push(Done {
            name,
            took: Duration::ZERO,
            outcome: Outcome::PassedOver,
        });
    }

    /// Prints how long each step took.
    pub(crate) fn print_durations(&self) {
        println!();
        for step in &self.done {
            let outcome = match step.outcome {
                Outcome::Passed => "",
                Outcome::Failed => "  FAILED",
                Outcome::PassedOver => "  passed over",
            };
            println!("{:>8.1} s  {}{outcome}", step.took.as_secs_f64(), step.name);
        }
        let total: Duration = self.done.iter().map(|step| step.took).sum();
        println!("{:>8.1} s  together", total.as_secs_f64());
    }

    /// The tests of all steps.
    pub(crate) fn tally(&self) -> Tally {
        self.tally
    }

    /// Ends the task.
    ///
    /// # Errors
    /// Names the steps that failed.
    pub(crate) fn finish(self) -> Result<(), XtaskError> {
        let failed = self
            .done
            .iter()
            .filter(|step| step.outcome == Outcome::Failed);
        let steps: Vec<&'static str> = failed.map(|step| step.name).collect();
        if steps.is_empty() {
            Ok(())
        } else {
            Err(XtaskError::Steps { steps })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure() -> XtaskError {
        XtaskError::Failed {
            program: "a program".to_owned(),
        }
    }

    #[test]
    fn a_failed_step_is_named_and_counted_and_the_rest_still_run() {
        let mut steps = Steps::default();
        let mut ran = false;
        steps.check("first", || Err(failure()));
        steps.check("second", || {
            ran = true;
            Ok(())
        });
        assert!(ran);
        assert_eq!(steps.tally(), Tally::one_failure());
        let error = steps.finish().unwrap_err();
        assert_eq!(error.to_string(), "Failed: first.");
    }

    #[test]
    fn failed_tests_are_not_counted_twice() {
        let mut steps = Steps::default();
        let tally = Tally {
            passed: 4,
            failed: 2,
            skipped: 0,
        };
        steps.count("tests", || Ok((false, tally)));
        assert_eq!(steps.tally(), tally);
        assert!(steps.finish().is_err());
    }

    #[test]
    fn a_runner_that_dies_without_a_summary_is_a_failure() {
        let mut steps = Steps::default();
        steps.count("tests", || Ok((false, Tally::default())));
        assert_eq!(steps.tally().failed, 1);
    }

    #[test]
    fn what_is_passed_over_fails_nothing() {
        let mut steps = Steps::default();
        steps.pass_over("licences", "cargo-deny is not installed");
        assert!(steps.finish().is_ok());
    }
}
