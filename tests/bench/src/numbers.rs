//! Samples and what is said of them: the best and the median of many interleaved rounds. Noise only ever
//! adds time, so that the best is the steadier figure on a machine that others use too.

use std::time::{Duration, Instant};

/// How long some operations took together.
#[derive(Clone, Copy)]
pub(crate) struct Sample {
    pub(crate) operations: usize,
    pub(crate) elapsed: Duration,
}

/// Samples of one thing, in nanoseconds per operation.
#[derive(Clone, Default)]
pub(crate) struct Series(Vec<f64>);

impl Series {
    pub(crate) fn add(&mut self, sample: Sample) {
        let operations = u32::try_from(sample.operations.max(1)).unwrap_or(u32::MAX);
        self.0
            .push(sample.elapsed.as_secs_f64() * 1e9 / f64::from(operations));
    }

    /// Takes another series' samples.
    pub(crate) fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Nanoseconds per operation in the best round.
    pub(crate) fn best(&self) -> f64 {
        self.0.iter().copied().fold(f64::INFINITY, f64::min)
    }

    /// How many samples there are.
    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Nanoseconds that so many of a hundred samples stay within.
    pub(crate) fn percentile(&self, hundredth: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let rank = (sorted.len() * hundredth).div_ceil(100).max(1) - 1;
        sorted.get(rank).copied().unwrap_or(f64::NAN)
    }

    /// Nanoseconds per operation in the middle round.
    pub(crate) fn median(&self) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }
}

impl Extend<Duration> for Series {
    fn extend<I: IntoIterator<Item = Duration>>(&mut self, times: I) {
        times.into_iter().for_each(|elapsed| {
            self.add(Sample {
                operations: 1,
                elapsed,
            })
        });
    }
}

/// Times `work`, which does so many operations.
pub(crate) fn timed(operations: usize, work: impl FnOnce()) -> Sample {
    let start = Instant::now();
    work();
    Sample {
        operations,
        elapsed: start.elapsed(),
    }
}

/// A peer's next round.
pub(crate) type Round<'a> = Box<dyn FnMut() -> Sample + 'a>;

/// A B C A B C …: every peer meets the same weather. The first round warms up and is not counted.
pub(crate) fn interleave<const N: usize>(rounds: usize, mut peers: [Round<'_>; N]) -> [Series; N] {
    let mut series = std::array::from_fn(|_| Series::default());
    for round in 0..=rounds {
        for (peer, series) in peers.iter_mut().zip(&mut series) {
            let sample = peer();
            if round > 0 {
                series.add(sample);
            }
        }
    }
    series
}

/// Numbers that look random and are the same in every run (xorshift64).
pub(crate) struct Scatter(u64);

impl Scatter {
    pub(crate) const fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    /// The next number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % end.max(1)
    }
}
