// Days, times and numbers as the chosen language writes them.
import { useMemo } from 'react';
import { useLanguage } from '../language/language';
import type { Language } from '../language/language';

/** The region too: days before months, and the clock with 24 hours. */
export const LOCALES: Record<Language, string> = { en: 'en-GB', cy: 'cy-GB' };

export interface Format {
  locale: string;
  /** As in 25 November 2026; the time in seconds. */
  day: (seconds: number) => string;
  /** As in 25 November 2026 at 11:20; the time in milliseconds. */
  moment: (milliseconds: number) => string;
  number: (value: number) => string;
  /** As in "a, b and c". */
  list: (parts: readonly string[]) => string;
  /** How long, as in "5 minutes". */
  duration: (seconds: number) => string;
}

/** How the chosen language writes things. */
export function useFormat(): Format {
  const { language } = useLanguage();
  return useMemo(() => formatOf(LOCALES[language]), [language]);
}

export function formatOf(locale: string): Format {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  const number = new Intl.NumberFormat(locale);
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const unit = (value: number, name: 'second' | 'minute' | 'hour') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(value);
  return {
    locale,
    day: (seconds) => day.format(seconds * 1000),
    moment: (milliseconds) => moment.format(milliseconds),
    number: (value) => number.format(value),
    list: (parts) => list.format(parts),
    duration: (seconds) => {
      if (seconds < 120 && seconds % 60 !== 0) return unit(seconds, 'second');
      if (seconds < 3600) return unit(Math.ceil(seconds / 60), 'minute');
      return unit(Math.ceil(seconds / 3600), 'hour');
    },
  };
}
