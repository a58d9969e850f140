// Times of the console: how far away, and how long an incident runs.
import type { Format } from '@assent/shared';
import { m } from '../words/messages';

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];

/** How far away a time is, in the unit that fits, without a direction. */
export function distance(seconds: number, format: Format): string {
  const away = Math.abs(seconds);
  const count = (unit: number) => ({ count: format.number(Math.max(Math.round(away / unit), 1)) });
  if (away < 90) return m.span_seconds(count(1));
  if (away < 90 * MINUTE) return m.span_minutes(count(MINUTE));
  return away < 2 * DAY ? m.span_hours(count(HOUR)) : m.span_days(count(DAY));
}

/** A span of seconds as a clock shows it: 4:05, or 1:04:05. */
export function elapsed(seconds: number): string {
  const whole = Math.max(Math.floor(seconds), 0);
  const [hours, minutes, rest] = [Math.floor(whole / HOUR), Math.floor(whole / MINUTE) % 60, whole % MINUTE];
  return hours > 0 ? `${hours.toString()}:${two(minutes)}:${two(rest)}` : `${minutes.toString()}:${two(rest)}`;
}

/** A duration of ISO 8601 in words, as far as terms of consent use them. */
export function duration(iso: string, format: Format): string {
  const found = /^P(\d+)([YMWD])$/.exec(iso);
  if (found === null) return iso;
  const words = { Y: m.span_years, M: m.span_months, W: m.span_weeks, D: m.span_days };
  return words[found[2] as keyof typeof words]({ count: format.number(Number(found[1])) });
}

function two(value: number): string {
  return value.toString().padStart(2, '0');
}
