// Values of the profile in words (docs/spec/profile.md).
import { beforeEach, expect, test } from 'vitest';
import { partialDate, valueLines, valueText } from './value';

const words = { locale: 'en-GB', code: (code: string) => (code === '04' ? 'Oxygen concentrator' : code) };
const text = (path: string, value: Parameters<typeof valueText>[1]) => valueText(path, value, words);

beforeEach(() => {
  localStorage.setItem('PARAGLIDE_LOCALE', 'en');
});

test.each([
  ['identity.name', { text: 'Mared Llwyd', known_as: 'Mar' }, 'Mared Llwyd (known as Mar)'],
  ['identity.birth_date', '1979-02-08', '8 February 1979'],
  ['identity.languages', ['cy', 'en'], 'Welsh; English'],
  ['identity.gender', { code: 'none' }, 'None'],
  ['contact.phone', [{ number: '029 2018 0000', uses: ['home'], preferred: true }], '029 2018 0000 (home)'],
  ['contact.preferred', { method: 'text', note: 'let it ring' }, 'Text message (let it ring)'],
  ['home.address', { lines: ['1 Stryd y Bont'], locality: 'Aberderw', postcode: 'LD99 1AB', country: 'GB' }, '1 Stryd y Bont, Aberderw, LD99 1AB'],
  ['home.address', { text: 'The last house' }, 'The last house'],
  ['home.geo', { lat: 52.4, lon: -3.7, accuracy_m: 15 }, '52.4, -3.7 (within 15 m)'],
  ['home.key_safe', { location: 'by the door', code: '4071' }, 'by the door (code 4071)'],
  ['home.occupants', [{ who: 'Nesta', age: 84, where: 'upstairs' }], 'Nesta (84 years old; upstairs)'],
  ['home.pets', [{ kind: 'dog', count: 2 }], '2 × dog'],
  ['health.allergies', [{ text: 'Penicillin', criticality: 'high', reactions: ['Rash'] }], 'Penicillin (Can be dangerous; Reaction: Rash)'],
  ['health.blood_group', 'A+', 'A+'],
  ['needs.power_dependent', [{ code: '04' }, { code: '26', until: '2027-05' }], 'Oxygen concentrator; 26 (until May 2027)'],
  ['people.carers', [{ name: 'Alun', relationship: 'brother', phones: [{ number: '1' }] }], 'Alun (brother; 1)'],
  ['documents.plan', { digest: 'sha-256:x', media_type: 'text/plain', size: 3, title: 'Plan' }, 'Plan (Text document; 1 kB)'],
  ['documents.door', { digest: 'sha-256:x', media_type: 'image/jpeg', size: 1_440_000, title: 'The door' }, 'The door (Picture; 1.4 MB)'],
  ['future.thing', { anything: 'at all' }, 'at all'],
])('%s', (path, value, expected) => {
  expect(text(path, value)).toBe(expected);
});

test('each entry has a line of its own, and nothing has none', () => {
  expect(valueLines('health.conditions', [{ text: 'Asthma' }, { text: 'Gout' }], words).map(({ main }) => main)).toEqual(['Asthma', 'Gout']);
  expect(valueLines('health.conditions', null, words)).toEqual([]);
});

test('dates may lack a day, a month or a year', () => {
  expect(['1990', '1990-03', '--09-30', 'nonsense'].map((date) => partialDate(date, 'en-GB'))).toEqual(['1990', 'March 1990', '30 September', 'nonsense']);
});
