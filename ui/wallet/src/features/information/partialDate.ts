// A date that may lack its day, month or year: 1956-09-30, 1956-09, 1956 or --09-30.

export interface DateParts {
  day: string;
  month: string;
  year: string;
}

export function partsOf(date: string): DateParts {
  const [, year = '', month = '', day = ''] = /^(\d{4})?(?:-?-(\d{2}))?(?:-(\d{2}))?$/.exec(date) ?? [];
  return { day: bare(day), month: bare(month), year };
}

/** The parts as one text. What does not fit together is still given, so that the program can refuse it. */
export function dateOf({ day, month, year }: DateParts): string {
  const [d, mo, y] = [two(day), two(month), year.trim()];
  if (d === '' && mo === '' && y === '') return '';
  if (y === '') return `--${mo}-${d}`;
  if (mo === '' && d === '') return y;
  return d === '' ? `${y}-${mo}` : `${y}-${mo}-${d}`;
}

/** Whether the calendar has such a day, as far as it is said. */
export function isDate(date: string): boolean {
  if (!/^(\d{4}(-\d{2}(-\d{2})?)?|--\d{2}-\d{2})$/.test(date)) return false;
  const { day, month, year } = partsOf(date);
  const [d, mo] = [Number(day || '1'), Number(month || '1')];
  // A year with a 29 February, where none is said.
  const found = new Date(Date.UTC(Number(year || '2000'), mo - 1, d));
  return found.getUTCMonth() === mo - 1 && found.getUTCDate() === d;
}

function two(part: string): string {
  const said = part.trim();
  return said === '' ? '' : said.padStart(2, '0');
}

function bare(part: string): string {
  return part.replace(/^0/, '');
}
