//! What a flush to the disk costs, measured in the folder where the databases lie.

use std::{
    fs::OpenOptions,
    io::Write as _,
    time::{Duration, Instant},
};

use crate::{Failure, machine::Place, numbers::Series};

/// Appends 4 KiB and flushes them, `count` times.
pub(crate) fn flushes(place: &Place, count: usize) -> Result<Series, Failure> {
    let mut file = OpenOptions::new()
        .create(true)
        .append(true)
        .open(place.path().join("flushes"))?;
    let mut series = Series::default();
    for _ in 0..count {
        series.extend([flush(&mut file)?]);
    }
    Ok(series)
}

fn flush(file: &mut std::fs::File) -> Result<Duration, Failure> {
    file.write_all(&[7; 4096])?;
    let start = Instant::now();
    file.sync_data()?;
    Ok(start.elapsed())
}
