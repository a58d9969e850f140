// Spans of time along a plot, in words.
import type { Publication } from '../../audit/figures';
import { m } from '../../words/messages';
import { number } from '../format';

/** An upper bound; null is beyond them all. */
export function withinWords(within: Publication['within']): string {
  const words: Record<string, () => string> = {
    1: m.within_1,
    10: m.within_10,
    60: m.within_60,
    600: m.within_600,
    3600: m.within_3600,
    86400: m.within_86400,
    604800: m.within_604800,
  };
  return (words[String(within)] ?? m.within_more)();
}

/** How much time a bar stands for, given in milliseconds. */
export function spanWords(width: number, language: string): string {
  const [day, hour, minute] = [86_400_000, 3_600_000, 60_000];
  const count = (unit: number) => ({ count: number(width / unit, language) });
  if (width === day) return m.span_day();
  if (width % day === 0) return m.span_days(count(day));
  return width % hour === 0 ? m.span_hours(count(hour)) : m.span_minutes(count(minute));
}
