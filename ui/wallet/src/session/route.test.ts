// Addresses lead to pages, and back.
import { expect, test } from 'vitest';
import { PATHS, addressOf, parse } from './route';

test('an address carries what the page is about', () => {
  const address = addressOf('item', { path: 'home/hazards & more' });
  expect(address).toBe('#/information/item/home%2Fhazards%20%26%20more');
  expect(parse(address)).toEqual({ name: 'item', about: { path: 'home/hazards & more' } });
});

test('every page is found under its own address', () => {
  for (const [name, path] of Object.entries(PATHS)) {
    expect(parse(`#${path.replaceAll(/:\w+/g, 'some')}`).name, path).toBe(name);
  }
});

test.each(['', '#', '#/', '#/nowhere', '#/sharing/', '#/sharing/a/b/c'])('%j is the first page', (hash) => {
  expect(parse(hash).name).toBe('home');
});

test('a broken escape is no fault', () => {
  expect(parse('#/sharing/%E0%A4%A')).toEqual({ name: 'grant', about: { grant: '%E0%A4%A' } });
});
