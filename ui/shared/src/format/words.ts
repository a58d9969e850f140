// Dates, lists and durations for a language that the browser does not know: Chromium has no Welsh. The parts come
// from the browser in English order, which is the Welsh one too; the words are ours.
import { m } from '../words/messages';
import { isLocale } from '../words/runtime';

/** Whether the browser writes this language itself. */
export function isKnown(locale: string): boolean {
  return Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
}

/** A date with its month in words, in the order of the British Isles. */
export function dateInWords(locale: string, options: Intl.DateTimeFormatOptions): (milliseconds: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', options);
  const months = m.months({}, own(locale)).split(' ');
  return (milliseconds) => {
    const month = Number(new Intl.DateTimeFormat('en-GB', { month: 'numeric', ...zoneOf(options) }).format(milliseconds));
    return format
      .formatToParts(milliseconds)
      .map(({ type, value }) => (type === 'month' ? (months[month - 1] ?? value) : value))
      .join('');
  };
}

export function momentInWords(locale: string): (milliseconds: number) => string {
  const day = dateInWords(locale, { day: 'numeric', month: 'long', year: 'numeric' });
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
  return (at) => m.moment_at({ day: day(at), time: time.format(at) }, own(locale));
}

/** Welsh says "ac" before a vowel; browsers that know Welsh write "a(c)" and leave that to the reader. */
const VOWEL = /^\P{L}*[aeiouwyâêîôûŵŷáéíóú]/iu;

/** The last word keeps its first letter, which Welsh would breathe after "a": it may be a name, or what somebody wrote. */
export function listInWords(locale: string, parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  if (parts.length < 2) return last;
  const words = VOWEL.test(last) ? m.list_and_vowel : m.list_and;
  return words({ first: parts.slice(0, -1).join(', '), last }, own(locale));
}

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

export function unitInWords(locale: string, count: number, unit: Unit): string {
  const words = {
    second: m.unit_second,
    minute: count === 2 ? m.unit_minute_two : m.unit_minute,
    hour: m.unit_hour,
    day: count === 2 ? m.unit_day_two : m.unit_day,
    week: m.unit_week,
    month: count === 2 ? m.unit_month_two : m.unit_month,
    year: count === 1 ? m.unit_year_one : count === 2 ? m.unit_year_two : m.unit_year,
  };
  return words[unit]({ count: new Intl.NumberFormat('en-GB').format(count) }, own(locale));
}

/** As in 1.4 MB: the units are written alike in every language here. */
export function sizeInWords(locale: string, bytes: number): string {
  const [unit, of, digits] = bytes < 1_000_000 ? (['kilobyte', 1_000, 0] as const) : (['megabyte', 1_000_000, 1] as const);
  const format = new Intl.NumberFormat(isKnown(locale) ? locale : 'en-GB', { style: 'unit', unit, maximumFractionDigits: digits });
  return format.format(bytes === 0 ? 0 : Math.max(1, bytes / of));
}

function own(locale: string): { locale: 'en' | 'cy' } {
  const language = locale.slice(0, 2);
  return { locale: isLocale(language) ? language : 'en' };
}

function zoneOf({ timeZone }: Intl.DateTimeFormatOptions): Intl.DateTimeFormatOptions {
  return timeZone === undefined ? {} : { timeZone };
}
