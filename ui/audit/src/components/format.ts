// Numbers, times and bytes as people read them, in their language; times always in UTC.
import { m } from '../words/messages';

/** A whole number with its groups. */
export function number(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(value);
}

/** The latest and earliest time that a browser knows (ECMAScript, Time Values). */
const MAX_TIME = 8.64e15;

/** A time in Unix milliseconds, to the second, UTC. The months are ours: few browsers know the Welsh ones. */
export function time(ms: number): string {
  if (Math.abs(ms) > MAX_TIME) return String(ms);
  const date = new Date(ms);
  const month = m.months().split(' ')[date.getUTCMonth()] ?? '';
  const day = `${date.getUTCDate().toString()} ${month} ${date.getUTCFullYear().toString()}`;
  return `${day}, ${date.toISOString().slice(-13, -5)} UTC`;
}

/** A time as tables have it: the same in every language. */
export function isoTime(ms: number): string {
  return Math.abs(ms) > MAX_TIME ? String(ms) : new Date(ms).toISOString().replace('T', ' ').replace('.000Z', '').replace('Z', '');
}

/** A time to the minute, as plots have it along their axis. */
export function isoMinute(ms: number): string {
  return isoTime(ms).slice(0, 16);
}

/** A status's value in words. */
export function status(value: number): string {
  return [m.status_0, m.status_1, m.status_2, m.status_3][value]?.() ?? String(value);
}
