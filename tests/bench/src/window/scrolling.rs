//! A long list on its way from top to bottom: how many frames a second the page makes of it, and whether the display
//! ever shows a stretch of it with nothing in it.

use std::{ops::Range, thread};

use serde::Deserialize;
use serde_json::json;

use crate::{
    Effort, Failure,
    machine::Place,
    report::{Report, say},
};

use super::{
    driver::Window,
    looks::LookedAt,
    screen::{BLINK, Frame, Screen},
    stage::{PASSPHRASE, Stage},
};

const PAGE_DOWN: char = '\u{e00f}';
const ENTER: char = '\u{e007}';

/// The page of who looked, once the wallet is open.
const GO: &str = "if (!document.querySelector('nav.places')) return null;
    location.hash = '#/looked';
    return true;";
/// Presses the button below the list until all of it is shown.
const SHOW_ALL: &str = "const list = document.querySelector('ol.timeline');
    if (list === null) return null;
    const more = list.nextElementSibling;
    if (!more?.matches('button')) return list.children.length >= arguments[0] ? true : null;
    more.click();
    return null;";
/// Where the list is, in pixels; the window is the whole screen.
const COURSE: &str = "const list = document.querySelector('ol.timeline');
    const { top, bottom } = list.getBoundingClientRect();
    const { left, right } = list.querySelector('.look-foot').getBoundingClientRect();
    return { left: Math.ceil(left), right: Math.floor(right), top: Math.ceil(top + scrollY),
        end: Math.floor(bottom + scrollY - innerHeight), step: Math.floor(innerHeight * 0.85) };";
const SCROLL_TO: &str = "scrollTo(0, arguments[0]);";
/// Keeps the time of every frame from now on.
const COUNT: &str = "const times = (window.times = []);
    const count = (now) => {
        if (window.times !== times) return;
        times.push(now);
        requestAnimationFrame(count);
    };
    requestAnimationFrame(count);";
const COUNTED: &str = "const { times } = window;
    window.times = null;
    return { times, place: Math.round(scrollY) };";
/// Scrolls most of a window with each frame, down to the end.
const RUSH: &str = "const [step, end, done] = arguments;
    const scroll = () => {
        if (scrollY >= end) return done();
        scrollTo(0, Math.min(scrollY + step, end));
        requestAnimationFrame(scroll);
    };
    requestAnimationFrame(scroll);";

/// The text of the list on the page, and how it is scrolled.
#[derive(Deserialize)]
struct Course {
    left: usize,
    right: usize,
    top: u32,
    end: u32,
    step: u32,
}

/// When the page made its frames, and where it came to.
#[derive(Deserialize)]
struct Way {
    times: Vec<f64>,
    place: u32,
}

/// What the display showed meanwhile.
#[derive(Default)]
struct Seen {
    pictures: usize,
    missing: usize,
    last: Option<Frame>,
    /// The tallest blank of the last one.
    blank: usize,
    first_missing: Option<Frame>,
}

/// A list that is open, and what stands still of it.
struct List<'a> {
    window: &'a Window,
    screen: &'a Screen,
    course: Course,
    /// The tallest blank that belongs there.
    gap: usize,
}

/// Measures and reports.
pub(crate) fn measure(
    effort: Effort,
    stage: &Stage,
    place: &Place,
    report: &mut Report,
) -> Result<(), Failure> {
    let count = effort.pick(2000, 200);
    report.heading(&format!("Scrolling who looked, {count} looks in one list"))?;
    let looked_at = LookedAt::lay(place, count)?;
    let driven = stage.drive(looked_at.home())?;
    let list = List::open(driven.window(), stage.screen(), count)?;
    list.rush(place, report)?;
    list.page_down(effort.pick(100, 20), place, report)?;
    drop(driven);
    looked_at.stop()
}

impl<'a> List<'a> {
    /// Opens the wallet and all of the list, and looks at it here and there.
    fn open(window: &'a Window, screen: &'a Screen, count: usize) -> Result<Self, Failure> {
        let field = "return document.querySelector('input[type=password]');";
        window.type_into(field, &format!("{PASSPHRASE}{ENTER}"))?;
        window.until::<bool>(GO, &json!([]))?;
        window.until::<bool>(SHOW_ALL, &json!([count]))?;
        screen.at_rest()?;
        let course = serde_json::from_value(window.run(COURSE, &json!([]))?)?;
        let mut list = Self {
            window,
            screen,
            course,
            gap: 0,
        };
        for quarter in 0..=4 {
            let way = (list.course.end - list.course.top) / 4 * quarter;
            list.gap = list
                .gap
                .max(list.at(list.course.top + way)?.tallest_blank());
        }
        Ok(list)
    }

    /// Most of a window with each frame, as fast as the page can.
    fn rush(&self, place: &Place, report: &mut Report) -> Result<(), Failure> {
        let Course { top, end, step, .. } = self.course;
        self.at(top)?;
        let scroll = || self.window.run_async(RUSH, &json!([step, end])).map(drop);
        self.tell("most of a window with each frame", scroll, place, report)
    }

    /// As somebody does who looks for something.
    fn page_down(&self, times: usize, place: &Place, report: &mut Report) -> Result<(), Failure> {
        self.at(self.course.top)?;
        let scroll = || self.window.press(PAGE_DOWN, times);
        self.tell(&format!("Page Down {times} times"), scroll, place, report)
    }

    /// The list at rest at this place.
    fn at(&self, place: u32) -> Result<Frame, Failure> {
        self.window.run(SCROLL_TO, &json!([place]))?;
        self.screen.at_rest()?;
        Ok(self.screen.strip(&self.column())?)
    }

    const fn column(&self) -> Range<usize> {
        self.course.left..self.course.right
    }

    fn tell(
        &self,
        how: &str,
        scroll: impl FnOnce() -> Result<(), Failure> + Send,
        place: &Place,
        report: &mut Report,
    ) -> Result<(), Failure> {
        self.window.run(COUNT, &json!([]))?;
        let seen = self.watched(scroll)?;
        let counted = self.window.run(COUNTED, &json!([]))?;
        let way = serde_json::from_value::<Way>(counted)?;
        report.note(&format!("{how}: {}", way.described(self.course.top)?))?;
        if let Some(picture) = &seen.first_missing {
            let path = place.target().join("scrolling.ppm");
            picture.save(&path)?;
            say(&format!("with content missing: {}", path.display()));
        }
        report.none_of(
            &format!(
                "pictures with content missing, {} lines or more",
                self.most_blank() + 1
            ),
            seen.missing,
            seen.pictures,
        )
    }

    /// Where one picture takes the place of another, two gaps may meet.
    const fn most_blank(&self) -> usize {
        2 * self.gap
    }

    /// Looks at the display while it is scrolled.
    fn watched(
        &self,
        scroll: impl FnOnce() -> Result<(), Failure> + Send,
    ) -> Result<Seen, Failure> {
        let (column, mut seen) = (self.column(), Seen::default());
        thread::scope(|scope| {
            let scrolling = scope.spawn(scroll);
            while !scrolling.is_finished() {
                seen.take(self.screen.strip(&column)?, self.most_blank());
                thread::park_timeout(BLINK);
            }
            scrolling.join().map_err(|_| "nobody scrolls any more")?
        })?;
        Ok(seen)
    }
}

impl Way {
    fn described(&self, top: u32) -> Result<String, Failure> {
        let (Some(first), Some(last)) = (self.times.first(), self.times.last()) else {
            return Err("the page made no frames".into());
        };
        let pixels = self.place.saturating_sub(top);
        if pixels == 0 {
            return Err("the page did not scroll".into());
        }
        let gaps = self.times.iter().zip(self.times.iter().skip(1));
        let longest = gaps.map(|(one, next)| next - one).fold(0.0, f64::max);
        let frames = self.times.len();
        let rate = (frames - 1) as f64 / (last - first) * 1e3;
        Ok(format!(
            "{pixels} pixels, {frames} frames, {rate:.0} a second, longest gap {longest:.0} ms"
        ))
    }
}

impl Seen {
    fn take(&mut self, picture: Frame, most_blank: usize) {
        self.pictures += 1;
        if self.last.as_ref() != Some(&picture) {
            self.blank = picture.tallest_blank();
            self.last = Some(picture);
        }
        if self.blank > most_blank {
            self.missing += 1;
            self.first_missing = self.first_missing.take().or_else(|| self.last.clone());
        }
    }
}
