// A value of the profile in words: one entry a line, with what belongs to it beside it (docs/spec/profile.md).
import { dateInWords, isKnown, sizeInWords } from '../format/words';
import { m } from '../words/messages';

/** What a profile holds. */
export type Json = string | number | boolean | null | Json[] | { [member: string]: Json | undefined };

/** What a line needs that is not in the value: the names of the needs codes, and how dates and languages are written. */
export interface ValueWords {
  locale: string;
  /** The label of a needs code, where it is known. */
  code: (code: string) => string;
}

/** One entry: what it is, and what else is written down about it. */
export interface Line {
  main: string;
  notes: string[];
}

type Members = Record<string, Json | undefined>;

/** The entries of a value, in their order. */
export function valueLines(path: string, value: Json, words: ValueWords): Line[] {
  if (value === null) return [];
  if (Array.isArray(value)) return value.flatMap((entry) => valueLines(path, entry, words));
  if (typeof value === 'object') return [entryLine(path, value, words)];
  return [{ main: plain(path, String(value), words), notes: [] }];
}

/** The same in one line, for lists and print. */
export function valueText(path: string, value: Json, words: ValueWords): string {
  return valueLines(path, value, words)
    .map(({ main, notes }) => (notes.length === 0 ? main : `${main} (${notes.join('; ')})`))
    .join('; ');
}

function plain(path: string, text: string, words: ValueWords): string {
  switch (path) {
    case 'identity.languages':
      return languageName(text, words.locale);
    case 'identity.birth_date':
      return partialDate(text, words.locale);
    default:
      return text;
  }
}

function entryLine(path: string, entry: Members, words: ValueWords): Line {
  if (path.startsWith('needs.')) return needLine(entry, words);
  if (path.startsWith('people.')) return personLine(entry, words);
  if (path.startsWith('documents.')) return documentLine(entry, words);
  switch (path) {
    case 'identity.gender':
      return line(text(entry, 'text') ?? gender(text(entry, 'code')), []);
    case 'identity.name':
      return line(text(entry, 'text'), [known(text(entry, 'known_as'))]);
    case 'identity.national_id':
      return line(text(entry, 'value'), [text(entry, 'label')]);
    case 'contact.phone':
      return line(text(entry, 'number'), [text(entry, 'label'), ...uses(entry)]);
    case 'contact.email':
      return line(text(entry, 'address'), [text(entry, 'label'), ...uses(entry)]);
    case 'contact.preferred':
      return line(method(text(entry, 'method')), [text(entry, 'note')]);
    case 'home.address':
      return line(address(entry), []);
    case 'home.geo':
      return placeLine(entry);
    case 'home.key_safe':
      return line(text(entry, 'location'), [with_(text(entry, 'code'), (code) => m.value_code({ code })), text(entry, 'note')]);
    case 'home.hazards':
      return line(text(entry, 'text'), [text(entry, 'where')]);
    case 'home.occupants':
      return line(text(entry, 'who'), [with_(number(entry, 'age'), (age) => m.value_age({ age })), text(entry, 'where'), text(entry, 'needs')]);
    case 'home.pets':
      return line(pet(entry), [text(entry, 'note')]);
    case 'health.advance_decision':
    case 'health.care_plan':
      return line(text(entry, 'text'), [when(entry, 'date', words), with_(text(entry, 'held_by'), (who) => m.value_held_by({ who }))]);
    default:
      return path.startsWith('health.') ? healthLine(entry, words) : otherLine(entry);
  }
}

function needLine(entry: Members, words: ValueWords): Line {
  const until = with_(when(entry, 'until', words), (day) => m.value_until({ when: day }));
  return line(with_(text(entry, 'code'), words.code), [text(entry, 'note'), until]);
}

function personLine(entry: Members, words: ValueWords): Line {
  const each = (name: string, member: string) =>
    list(entry[name]).flatMap((one) => (isMembers(one) ? [text(one, member)] : []));
  return line(text(entry, 'name'), [
    text(entry, 'relationship'),
    ...each('phones', 'number'),
    ...each('emails', 'address'),
    text(entry, 'address'),
    when(entry, 'birth_date', words),
    text(entry, 'note'),
  ]);
}

function documentLine(entry: Members, { locale }: ValueWords): Line {
  const size = typeof entry.size === 'number' ? sizeInWords(locale, entry.size) : null;
  return line(text(entry, 'title'), [fileKind(text(entry, 'media_type') ?? ''), size]);
}

/** What a file is, by its media type. */
function fileKind(type: string): string {
  if (type === 'application/pdf') return m.value_file_pdf();
  if (type.startsWith('image/')) return m.value_file_picture();
  if (type.startsWith('text/') || /word|opendocument\.text/.test(type)) return m.value_file_text();
  return m.value_file();
}

function healthLine(entry: Members, words: ValueWords): Line {
  const reactions = list(entry.reactions).filter((one) => typeof one === 'string').join(', ');
  return line(text(entry, 'text'), [
    entry.criticality === 'high' ? m.value_serious() : null,
    with_(reactions === '' ? null : reactions, (named) => m.value_reactions({ reactions: named })),
    text(entry, 'severity'),
    text(entry, 'dose'),
    text(entry, 'route'),
    with_(text(entry, 'reason'), (reason) => m.value_reason({ reason })),
    entry.needs_power === true ? m.value_needs_power() : null,
    text(entry, 'where'),
    with_(when(entry, 'since', words), (since) => m.value_since({ when: since })),
    text(entry, 'note'),
  ]);
}

/** Something that a later version writes: its texts, without their names. */
function otherLine(entry: Members): Line {
  const texts = Object.values(entry).filter((each) => typeof each === 'string');
  return line(texts.join(', '), []);
}

function placeLine(entry: Members): Line {
  const metres = with_(number(entry, 'accuracy_m'), (value) => m.value_within({ metres: value }));
  return line([number(entry, 'lat'), number(entry, 'lon')].filter(Boolean).join(', '), [metres]);
}

function address(entry: Members): string | null {
  const lines = list(entry.lines).filter((one) => typeof one === 'string');
  const rest = ['locality', 'region', 'postcode'].map((part) => text(entry, part));
  const all = [...lines, ...rest].filter((part) => part !== null);
  return all.length === 0 ? text(entry, 'text') : all.join(', ');
}

function pet(entry: Members): string | null {
  const [kind, count] = [text(entry, 'kind'), entry.count];
  return typeof count === 'number' && count > 1 ? `${count.toString()} × ${kind ?? ''}` : kind;
}

function uses(entry: Members): (string | null)[] {
  const named: Record<string, () => string> = {
    home: m.value_use_home, work: m.value_use_work, mobile: m.value_use_mobile, voice: m.value_use_voice, text: m.value_use_text,
    textphone: m.value_use_textphone, video: m.value_use_video, fax: m.value_use_fax, pager: m.value_use_pager,
  };
  return list(entry.uses).map((use) => (typeof use === 'string' ? (named[use]?.() ?? use) : null));
}

function method(code: string | null): string | null {
  const named: Record<string, () => string> = {
    phone: m.value_method_phone, text: m.value_method_text, email: m.value_method_email, post: m.value_method_post,
    textphone: m.value_method_textphone, relay: m.value_method_relay, video: m.value_method_video, visit: m.value_method_visit,
    person: m.value_method_person,
  };
  return with_(code, (known) => named[known]?.() ?? known);
}

function gender(code: string | null): string | null {
  const named: Record<string, () => string> = {
    female: m.value_gender_female, male: m.value_gender_male, other: m.value_gender_other, none: m.value_gender_none, unknown: m.value_gender_unknown,
  };
  return with_(code, (known) => named[known]?.() ?? known);
}

function known(name: string | null): string | null {
  return with_(name, (as) => m.value_known_as({ name: as }));
}

/** A language by its name in the language of the page; by its tag where the browser has no name. */
function languageName(tag: string, locale: string): string {
  // The two that stand on most forms here have names of ours where the browser does not know this language.
  if (!isKnown(locale) && tag === 'cy') return m.language_cy();
  if (!isKnown(locale) && tag === 'en') return m.language_en();
  try {
    const name = new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  } catch {
    return tag;
  }
}

function when(entry: Members, member: string, words: ValueWords): string | null {
  return with_(text(entry, member), (date) => partialDate(date, words.locale));
}

/** A date of which the day, the month or the year may be missing. */
export function partialDate(date: string, locale: string): string {
  const parts = /^(?:(\d{4})|-)(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(date);
  if (parts === null) return date;
  const [, year, month, day] = parts;
  if (month === undefined) return date;
  const time = Date.UTC(Number(year ?? 2000), Number(month) - 1, Number(day ?? 1));
  const options: Intl.DateTimeFormatOptions = {
    timeZone: 'UTC',
    month: 'long',
    ...(day === undefined ? {} : { day: 'numeric' }),
    ...(year === undefined ? {} : { year: 'numeric' }),
  };
  return isKnown(locale) ? new Intl.DateTimeFormat(locale, options).format(time) : dateInWords(locale, options)(time);
}

function line(main: string | null, notes: (string | null)[]): Line {
  return { main: main ?? '', notes: notes.filter((note) => note !== null).filter((note) => note !== '') };
}

function with_<V, W>(value: V | null, said: (value: V) => W): W | null {
  return value === null ? null : said(value);
}

function text(entry: Members, member: string): string | null {
  const found = entry[member];
  return typeof found === 'string' ? found : null;
}

function number(entry: Members, member: string): string | null {
  const found = entry[member];
  return typeof found === 'number' ? found.toString() : null;
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function isMembers(value: Json): value is { [member: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
