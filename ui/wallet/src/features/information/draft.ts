// Between a value in its canonical form and what stands in the fields. What has no field is kept as it was.
import type { Json } from '../../host/host';
import type { EntryForm, Member } from './forms';

/** Where an entry came from and what stands in its fields, by the name of the member. */
export interface Draft {
  from: Members;
  fields: Record<string, string>;
}

export type Members = Record<string, Json | undefined>;

export const NEW: Draft = { from: {}, fields: {} };

/** The entries of a value, each ready to be changed. */
export function draftsOf(form: EntryForm, value: Json | null): Draft[] {
  const entries = Array.isArray(value) ? value : [value];
  return entries.filter(isMembers).map((from) => ({
    from,
    fields: Object.fromEntries(form.members.map((member) => [member.name, typed(member, from)])),
  }));
}

/** The value that the fields say; null where they say nothing. */
export function valueOf(form: EntryForm, drafts: readonly Draft[]): Json | null {
  const entries = drafts.map((draft) => entryOf(form, draft)).filter((entry) => Object.keys(entry).length > 0);
  if (entries.length === 0) return null;
  return form.isList ? entries : (entries[0] ?? null);
}

/** The members that must be there and are not, in entries that say something else. */
export function missingOf(form: EntryForm, draft: Draft): string[] {
  if (!form.members.some(({ name }) => isSaid(draft.fields[name]))) return [];
  return form.members.filter(({ name, isRequired }) => isRequired && !isSaid(draft.fields[name])).map(({ name }) => name);
}

function entryOf(form: EntryForm, { from, fields }: Draft): { [member: string]: Json } {
  if (!form.members.some(({ name }) => isSaid(fields[name]))) return {};
  const kept = isOther(form, from, fields) ? without(from, form.echoes ?? []) : { ...from };
  const entry: { [member: string]: Json } = {};
  for (const [name, value] of Object.entries(kept)) if (value !== undefined) entry[name] = value;
  for (const member of form.members) {
    const value = read(member, fields[member.name] ?? '', from);
    if (value === undefined) Reflect.deleteProperty(entry, member.name);
    else entry[member.name] = value;
  }
  return entry;
}

/** Whether what the echoes repeat was changed. */
function isOther(form: EntryForm, from: Members, fields: Record<string, string>): boolean {
  const told = form.echoes?.includes('text') ? form.members : form.members.slice(0, 1);
  return told.some((member) => typed(member, from) !== (fields[member.name] ?? '').trim());
}

function without(members: Members, names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

/** What stands in the field of a member. */
function typed(member: Member, from: Members): string {
  const value = from[member.name];
  switch (member.kind) {
    case 'flag':
      return value === true ? 'yes' : '';
    case 'yesno':
      return value === true ? 'yes' : value === false ? 'no' : '';
    case 'use':
      return Array.isArray(value) ? word(value[0]) : '';
    case 'lines':
      return linesOf(member, from).join('\n');
    case 'text':
    case 'area':
    case 'number':
    case 'date':
    case 'choice':
      return word(value);
  }
}

/** An address may be known as a whole only; then its lines are those of the whole. */
function linesOf(member: Member, from: Members): string[] {
  const value = from[member.name];
  if (value === undefined && member.name === 'lines') return word(from.text).split(/\n|, /).filter(isSaid);
  if (!Array.isArray(value)) return [];
  return value.map((each) => (isMembers(each) ? word(each[member.main ?? '']) : word(each)));
}

/** What a field says, in the canonical form; nothing where it is empty. */
function read(member: Member, field: string, from: Members): Json | undefined {
  const said = field.trim();
  if (said === '') return undefined;
  switch (member.kind) {
    case 'flag':
      return true;
    case 'yesno':
      return said === 'yes';
    case 'number':
      return numberOf(said);
    case 'use':
      return usesOf(said, from[member.name]);
    case 'lines':
      return readLines(member, said, from[member.name]);
    case 'text':
    case 'area':
    case 'date':
    case 'choice':
      return said;
  }
}

/** The program refuses what is no number, and says so. */
function numberOf(said: string): Json {
  return isNumber(said) ? asNumber(said) : said;
}

export function isNumber(said: string): boolean {
  return Number.isFinite(asNumber(said));
}

function asNumber(said: string): number {
  return Number(said.replace(',', '.'));
}

function usesOf(use: string, before: Json | undefined): Json {
  return Array.isArray(before) && before[0] === use ? before : [use];
}

/** A line that was there before keeps what else was known of it. */
function readLines({ main }: Member, said: string, before: Json | undefined): Json {
  const lines = said.split('\n').map((line) => line.trim()).filter(isSaid);
  if (main === undefined) return lines;
  const known = Array.isArray(before) ? before.filter(isMembers) : [];
  return lines.map((line) => (known.find((each) => each[main] === line) as Json | undefined) ?? { [main]: line });
}

function word(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isSaid(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== '';
}

export function isMembers(value: Json | undefined): value is { [member: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
