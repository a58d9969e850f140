// Times of the console: how far away, and how long an incident runs.
import type { Format } from '@assent/shared';

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];

/** How far away a time is, in the unit that fits, without a direction. */
export function distance(seconds: number, format: Format): string {
  const away = Math.abs(seconds);
  const count = (unit: number) => Math.max(Math.round(away / unit), 1);
  if (away < 90) return format.unit(count(1), 'second');
  if (away < 90 * MINUTE) return format.unit(count(MINUTE), 'minute');
  return away < 2 * DAY ? format.unit(count(HOUR), 'hour') : format.unit(count(DAY), 'day');
}

/** A span of seconds as a clock shows it: 4:05, or 1:04:05. */
export function elapsed(seconds: number): string {
  const whole = Math.max(Math.floor(seconds), 0);
  const [hours, minutes, rest] = [Math.floor(whole / HOUR), Math.floor(whole / MINUTE) % 60, whole % MINUTE];
  return hours > 0 ? `${hours.toString()}:${two(minutes)}:${two(rest)}` : `${minutes.toString()}:${two(rest)}`;
}

/** The units of ISO 8601 that terms of consent use. */
const UNITS = { Y: 'year', M: 'month', W: 'week', D: 'day' } as const;

/** A duration of ISO 8601 in words. */
export function duration(iso: string, format: Format): string {
  const found = /^P(\d+)([YMWD])$/.exec(iso);
  return found === null ? iso : format.unit(Number(found[1]), UNITS[found[2] as keyof typeof UNITS]);
}

/** A day as tables have it: short, where the browser knows the language's short months. */
export function shortDay(seconds: number, format: Format): string {
  if (Intl.DateTimeFormat.supportedLocalesOf(format.locale).length === 0) return format.day(seconds);
  return new Intl.DateTimeFormat(format.locale, { dateStyle: 'medium' }).format(seconds * 1000);
}

function two(value: number): string {
  return value.toString().padStart(2, '0');
}
