// What must not happen: a lost word, a forged act, a role that reaches too far, a name that does harm.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch } from '../../e2e/browser';
import { County } from '../../wallet/e2e/county';
import { Desk } from './desk';
import type { Person } from './desk';
import { Resident } from './resident';

let county: County;
let browser: Browser;
let desk: Desk;
let admin: Person;

beforeAll(async () => {
  [county, browser] = [await County.open(), await launch()];
  desk = await Desk.open(browser, county, 'fire');
  admin = await desk.setUp();
});

afterAll(async () => {
  await (browser as Browser | undefined)?.close();
  await (desk as Desk | undefined)?.close();
  await (county as County | undefined)?.close();
});

/** What a call to the console's server answers, made from the page with these headers. */
async function call(person: Person, route: string, body: object | null, headers: Record<string, string> = {}): Promise<string> {
  return person.page.evaluate(
    async ([path, text, more]) => {
      const init = text === null ? {} : { method: 'POST', body: text, headers: { 'Content-Type': 'application/json', ...more } };
      const response = await fetch(`/api/${path}`, init);
      const answer = (await response.json()) as { code?: string };
      return `${response.status.toString()} ${answer.code ?? ''}`.trim();
    },
    [route, body === null ? null : JSON.stringify(body), headers] as const,
  );
}

async function csrf(person: Person): Promise<string> {
  return person.page.evaluate(async () => {
    const session = (await (await fetch('/api/session')).json()) as { signed_in: { csrf: string } };
    return session.signed_in.csrf;
  });
}

test('a session that ends is told gently, hides the page, and loses no word', async () => {
  const mari = await desk.sit('caseworker');
  await mari.go('Ask');
  await mari.page.getByRole('link', { name: 'New request' }).click();
  await mari.press('Continue');
  await mari.fill({ 'Text in English': 'We plan a visit with you. You may say no.' });
  // The administrator sets a new password: her sessions end, wherever they are.
  const card = admin.page.getByRole('region', { name: 'The caseworker' });
  await card.getByText('Change', { exact: true }).click();
  await card.getByLabel('New password').fill('a bell rings over the estuary');
  await card.getByRole('button', { name: 'Set the password' }).click();
  await mari.at('Your session has ended');
  expect(await mari.page.getByText('Word the request').isVisible()).toBe(false);
  expect(await mari.picture('session-ended')).toEqual([]);
  await mari.page.getByLabel('Password', { exact: true }).fill('a bell rings over the estuary');
  await mari.press('Sign in');
  await mari.at('Word the request');
  expect(await mari.page.getByLabel('Text in English').inputValue()).toBe('We plan a visit with you. You may say no.');
  await mari.leave();
});

test('a wrong password is told, and nothing else', async () => {
  const nobody = await desk.visit();
  await nobody.fill({ 'User name': 'caseworker', Password: 'a guess' });
  await nobody.press('Sign in');
  await nobody.page.getByText('The user name or the password is wrong.').waitFor();
  expect(await nobody.picture('sign-in-wrong')).toEqual([]);
  await nobody.leave();
});

describe('a forged act', () => {
  test('without the session\'s token is refused, from the page itself too', async () => {
    const mari = await desk.sit('caseworker');
    const draft = { id: 'x', lang: 'en' };
    expect(await call(mari, 'request/close', draft)).toBe('403 forged');
    expect(await call(mari, 'request/close', draft, { 'Assent-CSRF': 'guessed' })).toBe('403 forged');
    expect(await call(mari, 'request/close', draft, { 'Assent-CSRF': await csrf(mari) })).toBe('404 unknown_request');
    await mari.leave();
  });

  test('with another person\'s token is refused', async () => {
    const [mari, huw] = [await desk.sit('caseworker'), await desk.sit('control-room')];
    expect(await call(mari, 'request/close', { id: 'x', lang: 'en' }, { 'Assent-CSRF': await csrf(huw) })).toBe('403 forged');
    await mari.leave();
    await huw.leave();
  });

  test('from another site is refused, and the page cannot be framed', async () => {
    const mari = await desk.sit('caseworker');
    const headers = { 'Content-Type': 'application/json', 'Assent-CSRF': await csrf(mari), Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' };
    const response = await mari.context.request.post(`${desk.url}/api/request/close`, { data: { id: 'x', lang: 'en' }, headers });
    expect(response.status()).toBe(403);
    const policy = (await mari.context.request.get(desk.url)).headers()['content-security-policy'];
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("script-src 'self'");
    await mari.leave();
  });
});

test.each([
  ['caseworker', ['incidents', 'processing', 'users'], 'control', ['Ask', 'Consents', 'Check']],
  ['control-room', ['requests', 'journal', 'users'], 'ask', ['Control room', 'Consents', 'Check']],
  ['privacy-officer', ['requests', 'users'], 'admin', ['Consents', 'Check', 'Privacy']],
] as const)('%s reaches no further than the role', async (role, routes, section, names) => {
  const person = await desk.sit(role);
  expect(await person.page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts()).toEqual(names);
  for (const route of routes) expect(await call(person, route, null), route).toBe('403 not_allowed');
  await person.openAddress(`#/${section}`);
  await person.at('There is nothing here');
  expect(await person.picture(`refused-${role}`)).toEqual([]);
  await person.leave();
});

describe('a hostile display name', () => {
  test.each([
    ['script', '<script>window.harmed=1</script><img src=x onerror="window.harmed=1">"\'><svg onload=window.harmed=1>'],
    ['bidi', '\u202Eexe.gpj\u202D \u2067Mared\u2066 ‮drawkcab'],
    ['long', `Mared ${'Llanfairpwll'.repeat(840)}`],
  ])('%s is shown harmlessly', async (name, display) => {
    const resident = await Resident.hostile(county, `hostile-${name}`, display);
    const [grant = ''] = await resident.grant(await county.request('fire-safety-visit'));
    const mari = await desk.sit('caseworker');
    await mari.live();
    await mari.openAddress(`#/consents/${grant}`);
    await mari.fill({ 'Why do you need to see it now?': display.slice(0, 120) });
    await mari.press('Read what is shared');
    await mari.page.getByRole('heading', { name: 'What the person shared' }).waitFor();
    expect(await mari.picture(`hostile-${name}`)).toEqual([]);
    expect(await mari.page.evaluate(() => 'harmed' in window)).toBe(false);
    expect(await mari.page.locator('.fields script, .fields img, .fields svg').count()).toBe(0);
    const shown = await mari.page.locator('.fields').innerText();
    expect(shown.length).toBeLessThan(3000);
    expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(await mari.page.locator('.fields bdi').count()).toBeGreaterThan(0);
    expect(mari.complaints).toEqual([]);
    await mari.leave();
  });
});
