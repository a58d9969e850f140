//! The wallet's window as a person meets it: from the start of the program until the screen shows the field for
//! the passphrase, all painted; what the program holds in memory while nobody does anything; and whether a long list
//! is all there while it is scrolled.

mod driver;
mod looks;
mod memory;
mod screen;
mod scrolling;
mod stage;

use std::path::PathBuf;

use crate::{
    Effort, Failure,
    machine::Place,
    numbers::Series,
    report::{Report, say},
};

use stage::Stage;

/// The most that a start may take, in milliseconds.
const AIM: f64 = 400.0;

/// Measures and reports. Where something is missing it says so, and the rest of the table stands.
pub(crate) fn measure(effort: Effort, place: &Place, report: &mut Report) -> Result<(), Failure> {
    report
        .heading("The wallet's window, warm, on a display in memory without a graphics device")?;
    let stage = match program().and_then(|program| Stage::set(program, place)) {
        Ok(stage) => stage,
        Err(trouble) => return left_out(&trouble, report),
    };
    for part in [launches, scrolling::measure] {
        if let Err(trouble) = part(effort, &stage, place, report) {
            left_out(&trouble, report)?;
        }
    }
    Ok(())
}

fn left_out(trouble: &Failure, report: &mut Report) -> Result<(), Failure> {
    report.note(&format!("left out: {trouble}"))
}

/// The release program; `cargo xtask bench` builds it, and says where it is.
fn program() -> Result<PathBuf, Failure> {
    let folder =
        std::env::var_os("ASSENT_PROGRAMS").ok_or("it is measured by `cargo xtask bench`")?;
    let program = PathBuf::from(folder).join("assent-wallet");
    if program.is_file() {
        Ok(program)
    } else {
        Err("assent-wallet is not built: run `cargo xtask build`".into())
    }
}

fn launches(
    effort: Effort,
    stage: &Stage,
    place: &Place,
    report: &mut Report,
) -> Result<(), Failure> {
    let first = stage.open()?;
    let whole = stage.screen().at_rest()?;
    drop(first);
    let picture = place.target().join("window.ppm");
    whole.save(&picture)?;
    say(&format!(
        "the screen that is waited for: {}",
        picture.display()
    ));
    let mut launched = Series::default();
    for _ in 0..effort.pick(20, 2) {
        let app = stage.open()?;
        launched.extend([stage.screen().until(&whole, app.started())?]);
    }
    report.within(
        "from the start until the passphrase can be typed",
        &launched,
        AIM,
    )?;
    let app = stage.open()?;
    stage.screen().until(&whole, app.started())?;
    report.note(&memory::at_rest(app.id())?.described())
}
