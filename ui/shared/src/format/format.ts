// Days, times and numbers as the chosen language writes them.
import { useMemo } from 'react';
import { useLanguage } from '../language/language';
import type { Language } from '../language/language';
import { dateInWords, isKnown, listInWords, momentInWords, sizeInWords, unitInWords } from './words';
import type { Unit } from './words';

/** The region too: days before months, and the clock with 24 hours. */
export const LOCALES: Record<Language, string> = { en: 'en-GB', cy: 'cy-GB' };

export interface Format {
  locale: string;
  /** As in 25 November 2026; the time in seconds. */
  day: (seconds: number) => string;
  /** As in 25 November 2026 at 11:20; the time in milliseconds. */
  moment: (milliseconds: number) => string;
  number: (value: number) => string;
  /** As in 1.4 MB. */
  size: (bytes: number) => string;
  /** As in "a, b and c". */
  list: (parts: readonly string[]) => string;
  /** So many of a unit, as in "30 days". */
  unit: (count: number, unit: Unit) => string;
  /** How long, as in "5 minutes". */
  duration: (seconds: number) => string;
}

/** How the chosen language writes things. */
export function useFormat(): Format {
  const { language } = useLanguage();
  return useMemo(() => formatOf(LOCALES[language]), [language]);
}

export function formatOf(locale: string, isTheBrowsers = isKnown(locale)): Format {
  const { date, moment, unit } = isTheBrowsers ? theBrowsers(locale) : inWords(locale);
  const number = new Intl.NumberFormat(isTheBrowsers ? locale : 'en-GB');
  return {
    locale,
    day: (seconds) => date(seconds * 1000),
    moment,
    number: (value) => number.format(value),
    size: (bytes) => sizeInWords(locale, bytes),
    list: (parts) => listInWords(locale, parts),
    unit,
    duration: (seconds) => {
      if (seconds < 120 && seconds % 60 !== 0) return unit(seconds, 'second');
      if (seconds < 3600) return unit(Math.ceil(seconds / 60), 'minute');
      return unit(Math.ceil(seconds / 3600), 'hour');
    },
  };
}

interface Writer {
  date: (milliseconds: number) => string;
  moment: (milliseconds: number) => string;
  unit: (value: number, name: Unit) => string;
}

function theBrowsers(locale: string): Writer {
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  return {
    date: (milliseconds) => date.format(milliseconds),
    moment: (milliseconds) => moment.format(milliseconds),
    unit: (value, name) => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value),
  };
}

function inWords(locale: string): Writer {
  return {
    date: dateInWords(locale, { day: 'numeric', month: 'long', year: 'numeric' }),
    moment: momentInWords(locale),
    unit: (value, name) => unitInWords(locale, value, name),
  };
}
