//! The display's picture, which Xvfb keeps in a file (`-fbdir`, in the format of xwd: X11/XWDFile.h).

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write as _},
    ops::Range,
    os::unix::fs::FileExt as _,
    path::Path,
    thread::park_timeout,
    time::{Duration, Instant},
};

use crate::Failure;

/// Every so many lines are looked at: letters and fields are higher than that.
const EVERY: usize = 8;
/// Bytes that may differ: a caret that blinks.
const CARET: usize = 64;
/// By so much a colour may be another one: parts of a page are put together with different roundings.
const ROUNDING: u8 = 32;
/// Nothing has changed for this long once the screen is at rest.
const REST: Duration = Duration::from_secs(2);
/// After this long something is wrong.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at the screen.
pub(crate) const BLINK: Duration = Duration::from_millis(2);
/// Bytes of a pixel: blue, green, red and one that says nothing.
const PIXEL: usize = 4;

/// The display's picture as it changes.
pub(crate) struct Screen {
    file: File,
    start: usize,
    line: usize,
    height: usize,
}

/// What it showed at one moment.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    pixels: Vec<u8>,
    line: usize,
}

impl Screen {
    pub(crate) fn of(folder: &Path) -> Result<Self, Failure> {
        let file = File::open(folder.join("Xvfb_screen0"))?;
        let number = |place: u64| -> io::Result<usize> {
            let mut bytes = [0; 4];
            file.read_exact_at(&mut bytes, place)?;
            Ok(u32::from_be_bytes(bytes) as usize)
        };
        // header_size, ncolors, bytes_per_line and pixmap_height
        let start = number(0)? + number(76)? * 12;
        let (line, height) = (number(48)?, number(20)?);
        Ok(Self {
            file,
            start,
            line,
            height,
        })
    }

    /// What it shows once nothing moves.
    pub(crate) fn at_rest(&self) -> Result<Frame, Failure> {
        let start = Instant::now();
        let (mut last, mut since) = (self.frame(1)?, Instant::now());
        while last.is_empty() || since.elapsed() < REST {
            patient(start, "the window does not come to rest")?;
            let next = self.frame(1)?;
            if next.differs(&last, EVERY) > CARET {
                (last, since) = (next, Instant::now());
            }
        }
        Ok(last)
    }

    /// How long it took from `start` until this is shown.
    pub(crate) fn until(&self, whole: &Frame, start: Instant) -> Result<Duration, Failure> {
        let whole = whole.thinned(EVERY);
        while self.frame(EVERY)?.differs(&whole, 1) > CARET {
            patient(start, "the window does not show what it showed before")?;
        }
        Ok(start.elapsed())
    }

    /// Returns once no window is there.
    pub(crate) fn until_empty(&self) -> Result<(), Failure> {
        let start = Instant::now();
        while !self.frame(EVERY)?.is_empty() {
            patient(start, "the window does not go away")?;
        }
        Ok(())
    }

    /// What is shown now from one pixel of each line up to another.
    pub(crate) fn strip(&self, pixels: &Range<usize>) -> io::Result<Frame> {
        self.part(1, pixels.start * PIXEL..pixels.end * PIXEL)
    }

    /// Every so many lines of what is shown now.
    fn frame(&self, every: usize) -> io::Result<Frame> {
        self.part(every, 0..self.line)
    }

    /// These bytes of every so many lines.
    fn part(&self, every: usize, bytes: Range<usize>) -> io::Result<Frame> {
        let lines = (0..self.height).step_by(every);
        let mut pixels = vec![0; lines.len() * bytes.len()];
        for (into, line) in pixels.chunks_exact_mut(bytes.len()).zip(lines) {
            let place = self.start + line * self.line + bytes.start;
            self.file.read_exact_at(into, place as u64)?;
        }
        Ok(Frame {
            pixels,
            line: bytes.len(),
        })
    }
}

impl Frame {
    /// An empty display is black.
    fn is_empty(&self) -> bool {
        self.pixels
            .chunks_exact(PIXEL)
            .all(|pixel| pixel.starts_with(&[0; 3]))
    }

    /// How many bytes are plainly other ones, of every so many lines.
    fn differs(&self, other: &Self, every: usize) -> usize {
        self.lines(every)
            .zip(other.lines(every))
            .filter(|(own, other)| own != other)
            .flat_map(|(own, other)| own.iter().zip(other))
            .filter(|(own, other)| own.abs_diff(**other) > ROUNDING)
            .count()
    }

    /// The most lines in a row in each of which all pixels have one colour.
    pub(crate) fn tallest_blank(&self) -> usize {
        let (mut tallest, mut height) = (0, 0);
        for line in self.lines(1) {
            let is_blank = line.get(PIXEL..) == line.get(..line.len() - PIXEL);
            height = if is_blank { height + 1 } else { 0 };
            tallest = tallest.max(height);
        }
        tallest
    }

    fn lines(&self, every: usize) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks_exact(self.line).step_by(every)
    }

    fn thinned(&self, every: usize) -> Self {
        Self {
            pixels: self.lines(every).flatten().copied().collect(),
            line: self.line,
        }
    }

    /// Writes it as a picture (PPM), for whoever wants to look.
    pub(crate) fn save(&self, path: &Path) -> io::Result<()> {
        let (width, height) = (self.line / PIXEL, self.pixels.len() / self.line);
        let mut picture = BufWriter::new(fs::File::create(path)?);
        writeln!(picture, "P6 {width} {height} 255")?;
        for pixel in self.pixels.chunks_exact(PIXEL) {
            if let [blue, green, red, _] = pixel {
                picture.write_all(&[*red, *green, *blue])?;
            }
        }
        picture.flush()
    }
}

/// Waits a little, until it was too long.
pub(crate) fn patient(start: Instant, trouble: &'static str) -> Result<(), Failure> {
    park_timeout(BLINK);
    if start.elapsed() < PATIENCE {
        Ok(())
    } else {
        Err(trouble.into())
    }
}
