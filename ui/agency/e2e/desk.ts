// An agency's console as a process, and people who sit at it in a browser.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page, Route } from 'playwright-core';
import { faults, open } from '../../e2e/browser';
import { Serving } from '../../e2e/programs';
import type { County } from '../../wallet/e2e/county';

const PICTURES = join(import.meta.dirname, '..', '..', '..', 'target', 'screenshots', 'agency');
const GUIDE = join(PICTURES, 'guide');
const PAGES = join(import.meta.dirname, '..', 'dist');
const PASSWORD = 'a bell rings over the estuary';

const ROLES = { caseworker: 'Caseworker', 'control-room': 'Control room', 'privacy-officer': 'Privacy officer', admin: 'Administrator' } as const;
export type Role = keyof typeof ROLES;

/** An agency's console. */
export class Desk {
  readonly url: string;
  readonly #serving: Serving;
  readonly #browser: Browser;
  readonly #hasPages: boolean;
  readonly #code: string;

  private constructor(browser: Browser, serving: Serving) {
    const said = JSON.parse(serving.said) as { listening: string; set_up_code: string | null; pages: boolean };
    this.#browser = browser;
    this.#serving = serving;
    this.url = said.listening;
    this.#code = said.set_up_code ?? '';
    this.#hasPages = said.pages;
  }

  /** Serves an agency of the county. */
  static async open(browser: Browser, county: County, kind: string): Promise<Desk> {
    const words = ['agency', 'serve', '--json', '--listen', '127.0.0.1:0', '--dir', county.dir(kind), '--verifier', county.url];
    return new Desk(browser, await Serving.start('assent', words));
  }

  /** Serves the sample county. */
  static async sample(browser: Browser): Promise<Desk> {
    return new Desk(browser, await Serving.start('assent', ['agency', 'serve', '--demo', '--json', '--listen', '127.0.0.1:0']));
  }

  /** Sets the console up as its first administrator would, in the browser, and adds a user for each role. */
  async setUp(): Promise<Person> {
    const admin = await this.visit();
    await admin.page.getByRole('heading', { level: 1, name: 'Set up this desk' }).waitFor();
    await admin.fill({ Code: this.#code, 'User name': 'ann', Name: 'Ann Admin', Password: PASSWORD });
    await admin.press('Set up');
    await admin.at('Users and settings');
    for (const role of ['caseworker', 'control-room', 'privacy-officer'] as const) await this.#add(admin, role);
    return admin;
  }

  async #add(admin: Person, role: Role): Promise<void> {
    const form = admin.page.getByRole('region', { name: 'Add a user' });
    await form.getByLabel('User name').fill(role);
    await form.getByLabel('Name', { exact: true }).fill(`The ${role}`);
    await form.getByLabel('First password').fill(PASSWORD);
    await form.getByRole('checkbox', { name: ROLES[role] }).check();
    await form.getByRole('button', { name: 'Add a user' }).click();
    await admin.page.getByRole('heading', { name: `The ${role}` }).waitFor();
  }

  /** Somebody before the console, not signed in. */
  async visit(options: BrowserContextOptions = {}): Promise<Person> {
    const context = await this.#browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 860 }, ...options });
    if (!this.#hasPages) await context.route((url) => isPage(this.url, url), (route) => fulfil(this.url, route));
    const { page, complaints } = await open(context);
    await page.goto(this.url);
    return new Person(this, context, page, complaints);
  }

  /** Somebody who is signed in with a role. */
  async sit(role: Role, options: BrowserContextOptions = {}): Promise<Person> {
    const person = await this.visit(options);
    await person.signIn(role);
    return person;
  }

  /** Somebody of the sample county with every role. */
  async sitAsAll(options: BrowserContextOptions = {}): Promise<Person> {
    const person = await this.visit(options);
    await person.press('Sign in as all');
    await person.page.getByRole('navigation', { name: 'Pages' }).waitFor();
    return person;
  }

  async close(): Promise<void> {
    await this.#serving.stop();
  }
}

/** Somebody at a console. */
export class Person {
  readonly desk: Desk;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained of: faults, and what the content policy refused. */
  readonly complaints: string[];

  constructor(desk: Desk, context: BrowserContext, page: Page, complaints: string[]) {
    this.desk = desk;
    this.context = context;
    this.page = page;
    this.complaints = complaints;
  }

  async signIn(role: Role): Promise<void> {
    await this.fill({ 'User name': role, Password: PASSWORD });
    await this.press('Sign in');
    await this.page.getByRole('navigation', { name: 'Pages' }).waitFor();
  }

  /** Fills fields by their labels. */
  async fill(fields: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(fields)) await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Waits for a page by its heading. */
  async at(heading: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }

  /** Goes to a page that the navigation names. */
  async go(name: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
  }

  async openAddress(hash: string): Promise<void> {
    await this.page.goto(`${this.desk.url}/${hash}`);
  }

  /** Waits until the console hears of changes. */
  async live(): Promise<void> {
    await this.page.getByText('Live', { exact: true }).waitFor();
  }

  async text(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  /** Keeps a picture, and answers what axe finds and whether the page is wider than the screen. */
  async picture(name: string): Promise<string[]> {
    await mkdir(PICTURES, { recursive: true });
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
    const found = await faults(this.page);
    const wider = await this.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    return wider > 0 ? [...found, `${name} is ${wider.toString()} pixels wider than the screen`] : found;
  }

  /** What stands in the window now, small, for the guide. */
  async shot(name: string): Promise<void> {
    await mkdir(GUIDE, { recursive: true });
    await this.page.screenshot({ path: join(GUIDE, `agency-${name}.png`) });
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}

function isPage(own: string, url: URL): boolean {
  return url.origin === own && (url.pathname === '/' || url.pathname.startsWith('/assets/') || url.pathname.endsWith('.svg'));
}

const POLICY = 'content-security-policy';
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };

/** A file of the built pages under the console's own headers, its content policy with them. */
async function fulfil(own: string, route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url());
  const file = pathname === '/' ? 'index.html' : pathname.slice(1);
  const answer = await route.fetch({ url: `${own}/` });
  const headers = Object.fromEntries(Object.entries(answer.headers()).filter(([name]) => !name.startsWith('content-') || name === POLICY));
  const type = TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
  await route.fulfill({ headers: { ...headers, 'content-type': type }, body: await readFile(join(PAGES, file)) });
}
