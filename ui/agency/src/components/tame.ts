// A stranger's text made fit to show.

/** Characters without a shape that some scripts are written with. */
const JOINERS = new Set(['\u200c', '\u200d']);

/** A text to show, and how many code points were cut off. */
export interface Tame {
  shown: string;
  left: number;
}

/** Takes away what cannot be seen or would reorder other text, folds white space, and cuts. */
export function tame(text: string, most: number): Tame {
  // Enough to cut from, however long the text is.
  const head = text.slice(0, most * 8);
  const clean = head
    // No language puts more than four marks on a letter; more would paint over the lines around it.
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, (found) => (JOINERS.has(found) ? found : /\s/u.test(found) ? ' ' : ''))
    .replace(/\s+/gu, ' ')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1')
    .trim();
  const points = Array.from(clean);
  const shown = points.slice(0, most).join('').trimEnd();
  const all = text.length > head.length ? Array.from(text).length : points.length;
  return { shown: points.length > most || text.length > head.length ? `${shown}…` : shown, left: Math.max(all - most, 0) };
}
