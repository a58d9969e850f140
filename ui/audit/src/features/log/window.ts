// Which rows of a long list are on the screen. Browsers bound an element's height (Firefox at about 17.8 million
// pixels), so a list that would be higher is squeezed: its scroll bar then moves by more than a row.

/** A row's height in pixels. */
export const ROW_HEIGHT = 40;
/** The highest that the list may be, in pixels. */
const MAX_HEIGHT = 12_000_000;

/** How a list of `count` rows stands in a frame of `height` pixels. */
export interface Geometry {
  count: number;
  height: number;
}

/** The height of what is scrolled. */
export function fullHeight({ count }: Geometry): number {
  return Math.min(count * ROW_HEIGHT, MAX_HEIGHT);
}

/** The first row at a scroll position; whole where the list is squeezed. */
export function firstRow(geometry: Geometry, scrollTop: number): number {
  const room = fullHeight(geometry) - geometry.height;
  const rows = geometry.count - geometry.height / ROW_HEIGHT;
  if (room <= 0 || rows <= 0) return 0;
  return Math.floor(Math.min(Math.max(scrollTop / room, 0), 1) * rows);
}

/** The scroll position at which a row is the first. */
export function scrollTo(geometry: Geometry, row: number): number {
  const room = fullHeight(geometry) - geometry.height;
  const rows = geometry.count - geometry.height / ROW_HEIGHT;
  // A little below, so that rounding down finds the row and not the one before.
  return rows <= 0 ? 0 : Math.min(Math.ceil(((row + 0.01) / rows) * room), Math.max(room, 0));
}

/** The rows that are drawn: those on the screen and one more at the end. */
export function visible(geometry: Geometry, scrollTop: number): { first: number; last: number } {
  const first = firstRow(geometry, scrollTop);
  const last = Math.min(first + Math.ceil(geometry.height / ROW_HEIGHT), geometry.count - 1);
  return { first: Math.max(Math.min(first, last), 0), last };
}
