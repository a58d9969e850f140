// The ways in which every screen is looked at, and what nobody may find there.
import type { Page } from 'playwright-core';
import { faults } from '../../e2e/browser';

export interface Mode {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly language: 'en' | 'cy';
  readonly isDark?: true;
  /** The platform's own colours. */
  readonly isForced?: true;
  /** Words twice as large. */
  readonly isLarge?: true;
  readonly isRightToLeft?: true;
  /** Words half as long again. */
  readonly isLonger?: true;
  /** Read by axe too, which takes as long as all the rest; the other modes show it nothing new. */
  readonly isRead?: true;
}

const SCREENS = { desk: { width: 1200, height: 900 }, phone: { width: 360, height: 740 }, small: { width: 320, height: 640 } };
const EVERYWHERE: Record<string, [keyof typeof SCREENS, Partial<Mode>]> = {
  'desk-light': ['desk', { isRead: true }],
  'desk-dark': ['desk', { isDark: true, isRead: true }],
  'desk-forced': ['desk', { isForced: true }],
  'desk-welsh': ['desk', { language: 'cy' }],
  'desk-200': ['desk', { isLarge: true }],
  'desk-rtl': ['desk', { isRightToLeft: true }],
  'phone-light': ['phone', {}],
  'phone-dark': ['phone', { isDark: true }],
  'phone-welsh': ['phone', { language: 'cy', isRead: true }],
  'small-welsh': ['small', { language: 'cy' }],
  'small-200': ['small', { isLarge: true, isRead: true }],
  'small-200-welsh': ['small', { isLarge: true, language: 'cy' }],
  'small-rtl': ['small', { isRightToLeft: true }],
  'small-longer': ['small', { isLonger: true }],
};

export const MODES: readonly Mode[] = Object.entries(EVERYWHERE).map(([name, [screen, rest]]) => ({ name, language: 'en', ...SCREENS[screen], ...rest }));

/** The page as somebody has it, all but the language. */
export async function wear(page: Page, { width, height, isDark, isForced, isLarge, isRightToLeft }: Mode): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: isDark ? 'dark' : 'light', forcedColors: isForced ? 'active' : 'none' });
  const looks = { text: isLarge ? '200' : '100', dir: isRightToLeft ? 'rtl' : 'ltr' };
  await page.evaluate(({ text, dir }) => {
    document.documentElement.dataset.text = text;
    document.documentElement.dir = dir;
  }, looks);
}

/** What is wrong with the page as it is now. */
export async function troubles(page: Page, { isRead }: Mode): Promise<string[]> {
  const [beyond, cut] = [await page.evaluate(sideways), [...(await page.evaluate(cutOff)), ...(await page.evaluate(clipped))]];
  return [...(beyond > 0 ? [`reaches ${beyond.toString()} px beyond its edge`] : []), ...cut.map((html) => `cut off: ${html}`), ...(isRead ? await faults(page) : [])];
}

/** Looks at the page with longer words where the mode has them, and leaves it as it was. */
export async function worded<T>(page: Page, { isLonger }: Mode, look: () => Promise<T>): Promise<T> {
  if (isLonger === undefined) return look();
  await page.evaluate(lengthen);
  const seen = await look();
  await page.evaluate(shorten);
  return seen;
}

/* What runs in the page. */

function sideways(): number {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}

/** Where something does not fit and is not shown; fields scroll, and what only screen readers have is meant to be hidden. */
function cutOff(): string[] {
  const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
  return [...document.querySelectorAll<HTMLElement>('body *:not(input, textarea, svg, svg *)')]
    .filter((element) => element.closest('.visually-hidden') === null)
    .filter((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      return (hides(overflowX) && scrollWidth > clientWidth + 1) || (hides(overflowY) && scrollHeight > clientHeight + 1);
    })
    .map(({ outerHTML }) => outerHTML.slice(0, 120));
}

/** Words that a clip takes away: nothing but ornaments may be clipped. */
function clipped(): string[] {
  const words = (element: Element) => {
    const all = document.createRange();
    all.selectNodeContents(element);
    return [...all.getClientRects()];
  };
  return [...document.querySelectorAll('body *:not(.visually-hidden, .visually-hidden *)')]
    .map((element) => ({ element, inset: /^inset\((.*)\)$/.exec(getComputedStyle(element).clipPath)?.[1]?.split(' ').map(parseFloat) }))
    .filter(({ element, inset = [] }) => {
      const [top = 0, right = top, , left = right] = inset;
      const box = element.getBoundingClientRect();
      return inset.length > 0 && [...element.children].flatMap(words).some((word) => word.left < box.left + left - 1 || word.right > box.right - right + 1);
    })
    .map(({ element }) => element.outerHTML.slice(0, 120));
}

interface Lengthened {
  before?: [Node, string][];
}

/** Makes every word on the page half as long again, as the longest languages are, said or shown. */
function lengthen(): void {
  const labels = [...document.querySelectorAll('[aria-label]')].flatMap((element) => element.getAttributeNode('aria-label') ?? []);
  const before = labels.map((label): [Node, string] => [label, label.value]);
  (window as unknown as Lengthened).before = before;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const accents: Record<string, string> = { a: 'á', e: 'ë', i: 'ï', o: 'ø', u: 'ŵ', y: 'ŷ' };
  const longer = (word: string) => word.replace(/[aeiouy]/g, (vowel) => (accents[vowel] ?? vowel) + vowel);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const isCode = node.parentElement?.closest('code, script, style') !== null;
    if (!isCode && node.nodeValue !== null) before.push([node, node.nodeValue]);
  }
  for (const [node, words] of before) node.nodeValue = words.replace(/\p{L}+/gu, longer);
}

function shorten(): void {
  for (const [node, words] of (window as unknown as Lengthened).before ?? []) node.nodeValue = words;
}
