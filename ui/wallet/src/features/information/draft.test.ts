// What stands in the fields says the same as the value, and nothing is lost on the way.
import { describe, expect, test } from 'vitest';
import type { Json } from '../../host/host';
import { NEW, draftsOf, missingOf, valueOf } from './draft';
import { FORMS } from './forms';
import type { FormShape } from './forms';
import { dateOf, partsOf } from './partialDate';
import { textOf } from './textOf';

const formOf = (shape: FormShape) => FORMS[shape];

const VALUES: [shape: FormShape, value: Json][] = [
  ['name', { text: 'Mared Llwyd', given: ['Mared'], family: 'Llwyd', known_as: 'Mari' }],
  ['phones', [{ number: '+44 7700 900481', uses: ['mobile', 'text'], preferred: true }, { number: '01597 555 0100', label: 'Hall' }]],
  ['address', { lines: ['Tŷ’r Onnen', '3 Heol y Nant'], locality: 'Pont-y-derw', postcode: 'LD99 3QX', country: 'GB', text: 'as on a letter' }],
  ['place', { lat: 52.4, lon: -3.7, accuracy_m: 10 }],
  ['pets', [{ kind: 'dog', count: 1 }]],
  ['allergies', [{ text: 'Penicillin', codings: [{ code: '1' }], kind: 'allergy', criticality: 'high', reactions: ['rash', 'swelling'], since: '--09-30' }]],
  ['equipment', [{ text: 'Concentrator', needs_power: false, where: 'bedroom' }, { text: 'Pump', needs_power: true }]],
  ['plan', { text: 'Call the unit first.', date: '2025-01', held_by: 'the surgery', document: 'plan' }],
  ['people', [{ name: 'Rhodri', phones: [{ number: '1', uses: ['work'] }], emails: [{ address: 'r@example.org' }], birth_date: '1970' }]],
];

test.each(VALUES)('%s: fields that nobody touched leave the value as it was', (shape, value) => {
  const form = formOf(shape);
  expect(valueOf(form, draftsOf(form, value))).toEqual(value);
});

describe('a change', () => {
  test('of a name drops its parts, which would be wrong', () => {
    const form = formOf('name');
    const [draft = NEW] = draftsOf(form, { text: 'Mared Llwyd', given: ['Mared'], family: 'Llwyd' });
    expect(valueOf(form, [{ ...draft, fields: { ...draft.fields, text: 'Mared Puw' } }])).toEqual({ text: 'Mared Puw' });
  });

  test('of an address drops the whole as one text', () => {
    const form = formOf('address');
    const [draft = NEW] = draftsOf(form, { lines: ['1 Old Road'], text: '1 Old Road' });
    expect(valueOf(form, [{ ...draft, fields: { ...draft.fields, lines: '2 New Road' } }])).toEqual({ lines: ['2 New Road'] });
  });

  test('of one line keeps what was known of the others', () => {
    const form = formOf('people');
    const [draft = NEW] = draftsOf(form, [{ name: 'Rhodri', phones: [{ number: '1', uses: ['work'] }] }]);
    expect(valueOf(form, [{ ...draft, fields: { ...draft.fields, phones: '1\n2' } }])).toEqual([
      { name: 'Rhodri', phones: [{ number: '1', uses: ['work'] }, { number: '2' }] },
    ]);
  });

  test('to nothing at all is no value', () => {
    expect(valueOf(formOf('pets'), [NEW, { from: {}, fields: { kind: '  ' } }])).toBeNull();
  });
});

test('an address that is known as a whole only stands in its lines', () => {
  const [draft = NEW] = draftsOf(formOf('address'), { text: 'Tŷ’r Onnen\n3 Heol y Nant, Pont-y-derw' });
  expect(draft.fields.lines).toBe('Tŷ’r Onnen\n3 Heol y Nant\nPont-y-derw');
});

test('what is needed is missing only where something else is said', () => {
  const form = formOf('medication');
  expect(missingOf(form, NEW)).toEqual([]);
  expect(missingOf(form, { from: {}, fields: { dose: 'mornings' } })).toEqual(['text']);
});

test('what is no number is left for the program to refuse', () => {
  expect(valueOf(formOf('pets'), [{ from: {}, fields: { kind: 'dog', count: 'two' } }])).toEqual([{ kind: 'dog', count: 'two' }]);
});

test.each(['1956-09-30', '1956-09', '1956', '--09-30'])('the date %s has its parts', (date) => {
  expect(dateOf(partsOf(date))).toBe(date);
});

test('one digit is enough for a day', () => {
  expect(dateOf({ day: '3', month: '4', year: '1956' })).toBe('1956-04-03');
});

test('a file of an older program is read as it was meant', async () => {
  expect(await textOf(new Blob([new Uint8Array([0x54, 0xf4])]))).toBe('Tô');
  expect(await textOf(new Blob([new Uint8Array([0xff, 0xfe, 0x75, 0x01])]))).toBe('ŵ');
  expect(await textOf(new Blob(['Tŷ']))).toBe('Tŷ');
});
