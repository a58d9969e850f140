//! Finds what this computer lacks for a task, says so, and installs it where it can.

mod foreign;
mod stamp;
pub(crate) mod system;
pub(crate) mod ui;

use crate::error::XtaskError;
use crate::place::Place;

/// What a task needs beyond the Rust toolchain; each includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Needs {
    /// The command-line programs: a C compiler.
    Programs,
    /// The wallet's window: the web view's headers, Node and the npm packages.
    Window,
    /// The tests of the window: a display in memory, a bus and a driver.
    Tests,
}

/// Installs what is missing. Takes well under a second when nothing is.
///
/// # Errors
/// When something is missing that cannot be installed from here, with the words to install it by.
pub(crate) fn install(place: &Place, needs: Needs) -> Result<(), XtaskError> {
    system::install(needs)?;
    if needs >= Needs::Window {
        ui::install(place)?;
    }
    if needs >= Needs::Tests {
        foreign::install(place)?;
    }
    Ok(())
}
