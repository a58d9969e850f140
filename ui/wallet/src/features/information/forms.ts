// What each shape of docs/spec/profile.md is made of on the page: its members, how each is typed, what it is called.
import type { Option } from '@assent/shared';
import type { DataItem } from '../../host/host';
import { m } from '../../words/messages';

/** How a member is typed. `lines` is a list, one entry a line; `use` is the first of a list of uses. */
export type MemberKind = 'text' | 'area' | 'number' | 'date' | 'choice' | 'flag' | 'yesno' | 'lines' | 'use';

export interface Member {
  name: string;
  kind: MemberKind;
  label: () => string;
  help?: () => string;
  options?: () => Option<string>[];
  isRequired?: true;
  width?: 'short' | 'medium';
  /** In a list of objects, the member that a line stands for. */
  main?: string;
}

export interface EntryForm {
  isList: boolean;
  members: readonly Member[];
  /** What says the same as the first member in other words, and is wrong once that changes. */
  echoes?: readonly string[];
  /** The list may say that there is none. */
  none?: () => string;
}

const text = (name: string, label: () => string, more: Partial<Member> = {}): Member => ({ name, kind: 'text', label, ...more });
const required = { isRequired: true } as const;

const note = text('note', m.field_note);
const since: Member = { name: 'since', kind: 'date', label: m.field_since };
const place = text('where', m.field_where);
const choice = (name: string, label: () => string, options: () => Option<string>[]): Member => ({ name, kind: 'choice', label, options });

const options = (words: Record<string, () => string>) => () => [
  { value: '', label: m.field_not_said() },
  ...Object.entries(words).map(([value, label]) => ({ value, label: label() })),
];

const USES = options({ mobile: m.use_mobile, home: m.use_home, work: m.use_work, text: m.use_text, textphone: m.use_textphone });
const GENDERS = options({ female: m.gender_female, male: m.gender_male, other: m.gender_other, none: m.gender_none, unknown: m.gender_unknown });
const METHODS = options({
  phone: m.method_phone,
  text: m.method_text,
  email: m.method_email,
  post: m.method_post,
  textphone: m.method_textphone,
  relay: m.method_relay,
  video: m.method_video,
  visit: m.method_visit,
  person: m.method_person,
});
const ALLERGY_KINDS = options({ allergy: m.allergy_allergy, intolerance: m.allergy_intolerance });
const CRITICALITIES = options({ high: m.criticality_high, low: m.criticality_low, 'unable-to-assess': m.criticality_unknown });

const entry = (...members: Member[]): EntryForm => ({ isList: false, members });
const list = (...members: Member[]): EntryForm => ({ isList: true, members });
const illness = (none: () => string, ...members: Member[]): EntryForm => ({ isList: true, members, echoes: ['codings', 'absent'], none });

/** The shapes that have fields of their own. */
type OneThing = 'needs' | 'date' | 'blood_group' | 'languages' | 'text' | 'attachment';
export type FormShape = Exclude<DataItem['shape'], OneThing>;

/** The shapes that are objects or lists of objects. */
export const FORMS: Record<FormShape, EntryForm> = {
  name: { ...entry(text('text', m.field_full_name, required), text('known_as', m.field_known_as)), echoes: ['given', 'family', 'prefix', 'suffix'] },
  gender: entry(choice('code', m.field_gender, GENDERS), text('text', m.field_gender_text)),
  identifiers: list(text('value', m.field_identifier, required), text('label', m.field_identifier_label)),
  phones: list(text('number', m.field_phone, { ...required, width: 'medium' }), { name: 'uses', kind: 'use', label: m.field_use, options: USES }, text('label', m.field_phone_label), {
    name: 'preferred',
    kind: 'flag',
    label: m.field_preferred,
  }),
  emails: list(text('address', m.field_email, required), text('label', m.field_email_label), { name: 'preferred', kind: 'flag', label: m.field_preferred }),
  preferred: entry(choice('method', m.field_method, METHODS), text('note', m.field_method_note)),
  address: {
    ...entry(
      { name: 'lines', kind: 'lines', label: m.field_address_lines },
      text('locality', m.field_locality),
      text('region', m.field_region),
      text('postcode', m.field_postcode, { width: 'short' }),
      text('country', m.field_country, { width: 'medium' }),
    ),
    echoes: ['text'],
  },
  place: entry(
    { name: 'lat', kind: 'number', label: m.field_lat, help: m.field_lat_help, width: 'medium', ...required },
    { name: 'lon', kind: 'number', label: m.field_lon, width: 'medium', ...required },
    { name: 'accuracy_m', kind: 'number', label: m.field_accuracy, width: 'short' },
  ),
  key_safe: entry(text('location', m.field_safe_location, required), text('code', m.field_safe_code, { ...required, width: 'medium' }), note),
  hazards: list(text('text', m.field_hazard, required), place),
  occupants: list(text('who', m.field_who, { ...required, help: m.field_who_help }), { name: 'age', kind: 'number', label: m.field_age, width: 'short' }, text('where', m.field_sleeps), {
    name: 'needs',
    kind: 'area',
    label: m.field_needs,
  }),
  pets: list(text('kind', m.field_animal, required), { name: 'count', kind: 'number', label: m.field_count, width: 'short' }, text('note', m.field_animal_note)),
  conditions: illness(m.none_conditions, text('text', m.field_condition, required), text('severity', m.field_severity), since, note),
  medication: illness(
    m.none_medication,
    text('text', m.field_medicine, { ...required, help: m.field_medicine_help }),
    text('dose', m.field_dose),
    text('route', m.field_route),
    text('reason', m.field_reason),
    since,
    note,
  ),
  allergies: illness(
    m.none_allergies,
    text('text', m.field_allergy, required),
    choice('kind', m.field_allergy_kind, ALLERGY_KINDS),
    choice('criticality', m.field_criticality, CRITICALITIES),
    { name: 'reactions', kind: 'lines', label: m.field_reactions },
    since,
    note,
  ),
  equipment: illness(m.none_equipment, text('text', m.field_equipment, required), { name: 'needs_power', kind: 'yesno', label: m.field_needs_power, help: m.field_needs_power_help }, place, since, {
    ...note,
    help: m.field_equipment_note,
  }),
  plan: entry({ name: 'text', kind: 'area', label: m.field_plan, ...required }, { name: 'date', kind: 'date', label: m.field_plan_date }, text('held_by', m.field_held_by)),
  people: list(
    text('name', m.field_person, required),
    text('relationship', m.field_relationship),
    { name: 'phones', kind: 'lines', label: m.field_phones, main: 'number' },
    { name: 'emails', kind: 'lines', label: m.field_emails, main: 'address' },
    { name: 'address', kind: 'area', label: m.field_person_address },
    { name: 'birth_date', kind: 'date', label: m.field_birth_date },
    note,
  ),
};
