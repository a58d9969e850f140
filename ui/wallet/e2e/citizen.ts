// A citizen at a browser: a test host with a vault of its own, and the steps that many journeys begin with.
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { faults, open } from '../../e2e/browser';
import { Serving } from '../../e2e/programs';
import type { County } from './county';
import { SAMPLES } from './county';
import { troubles, worded } from './modes';
import type { Mode } from './modes';

export const PASSPHRASE = 'a quiet river in spate';
const PAGES = join(import.meta.dirname, '..', 'dist-devhost');
const SCREENSHOTS = join(import.meta.dirname, '..', '..', '..', 'target', 'screenshots');
const GUIDE = join(SCREENSHOTS, 'guide');
const PICTURES = join(SCREENSHOTS, 'wallet');

export class Citizen {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: string[];
  readonly papers: string;
  readonly #context: BrowserContext;
  readonly #host: Serving;
  readonly #address: string;

  private constructor(page: Page, complaints: string[], papers: string, context: BrowserContext, host: Serving, address: string) {
    this.page = page;
    this.complaints = complaints;
    this.papers = papers;
    this.#context = context;
    this.#host = host;
    this.#address = address;
  }

  /** Somebody of this name, at the first page of a wallet that is not there yet. */
  static async arrive(browser: Browser, county: County, name: string, options: BrowserContextOptions & { isAlone?: boolean } = {}): Promise<Citizen> {
    const { isAlone = false, ...rest } = options;
    const home = join(county.folder, name);
    const papers = join(home, 'papers');
    const words = ['--vault', join(home, 'wallet.vault'), '--papers', papers, '--pages', PAGES];
    const host = await Serving.start('devhost', isAlone ? words : [...words, '--verifier', county.url]);
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1280, height: 900 }, ...rest });
    const { page, complaints } = await open(context);
    await page.goto(host.said);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return new Citizen(page, complaints, papers, context, host, host.said);
  }

  /** From nothing to an open wallet with the county's consent service. */
  async firstRun(): Promise<void> {
    await this.press('Make my wallet');
    await this.page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await this.page.getByLabel('The same passphrase again').fill(PASSPHRASE);
    await this.press('Make my wallet');
    await this.at('Write down your 24 recovery words');
    const words = await this.page.getByRole('list', { name: 'Your recovery words' }).getByRole('listitem').allInnerTexts();
    await this.press('I have written them down');
    for (const field of await this.page.getByLabel(/^Word number/).all()) {
      const label = (await field.getAttribute('aria-labelledby')) ?? '';
      const number = Number(/\d+/.exec(await this.page.locator(`[id="${label}"]`).innerText())?.[0]);
      await field.fill(words[number - 1] ?? '');
    }
    await this.press('Check');
    await this.at('Choose your consent service');
    await this.press('Use this service');
    await this.at('Your wallet');
  }

  /** Brings in a resident of the sample county. */
  async bringIn(file: string): Promise<void> {
    await this.open('#/information/import');
    await this.page.getByLabel('Choose a file, or drag it here').setInputFiles(join(SAMPLES, 'residents', file));
    await this.press('Write this down');
    await this.at('The file was brought in');
  }

  /** Says yes to a request as it is proposed. */
  async sayYes(link: string): Promise<void> {
    await this.open('#/requests');
    await this.page.getByLabel('Link or request').fill(link);
    await this.press('Read the request');
    await this.at(/asks to see some of your information$/);
    await this.press('Continue');
    await this.press('Continue');
    await this.press('Say yes and sign');
    await this.at(/^You said yes to/);
  }

  /** Opens a page by its address, and waits until the one before is gone. */
  async open(address: string): Promise<void> {
    await this.page.evaluate(async (hash) => {
      if (window.location.hash === hash) return;
      await new Promise<void>((opened) => {
        window.addEventListener('hashchange', () => { requestAnimationFrame(() => { opened(); }); }, { once: true });
        window.location.hash = hash;
      });
    }, address);
  }

  async at(heading: string | RegExp): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Opens a link outside the window, as the platform hands it over. */
  async follow(link: string): Promise<void> {
    await this.page.evaluate(async (given) => {
      await fetch('/control/link', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ link: given }) });
    }, link);
  }

  /** Keeps a picture of the whole page, and looks for what axe can find on it. */
  async picture(name: string): Promise<void> {
    expect(await this.#photograph(name, () => faults(this.page)), name).toEqual([]);
  }

  /** Keeps a picture of the whole page in one of its modes, and answers what is wrong with it. */
  async look(mode: Mode, name: string): Promise<string[]> {
    const found = await worded(this.page, mode, () => this.#photograph(join(mode.name, name), () => troubles(this.page, mode)));
    return found.map((trouble) => `${mode.name}/${name}: ${trouble}`);
  }

  /** The window is as high as the page meanwhile: what sticks to its foot is at the foot of the picture, and covers nothing. */
  async #photograph<T>(name: string, look: () => Promise<T>): Promise<T> {
    const path = join(PICTURES, `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await this.page.locator('main .loading').waitFor({ state: 'detached' });
    await this.page.evaluate(() => document.fonts.ready);
    const size = this.page.viewportSize() ?? { width: 1280, height: 900 };
    const height = await this.page.evaluate(() => document.documentElement.scrollHeight);
    await this.page.setViewportSize({ ...size, height: Math.max(size.height, height) });
    await this.page.screenshot({ path });
    const seen = await look();
    await this.page.setViewportSize(size);
    return seen;
  }

  /** What the window shows now, for the guide. */
  async shot(name: string): Promise<void> {
    await mkdir(GUIDE, { recursive: true });
    await this.page.locator('main .loading').waitFor({ state: 'detached' });
    await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path: join(GUIDE, `${name}.png`) });
  }

  /** The same page in the dark theme. */
  async inDark(name: string): Promise<void> {
    await this.page.emulateMedia({ colorScheme: 'dark' });
    await this.picture(`${name}-dark`);
    await this.page.emulateMedia({ colorScheme: 'light' });
  }

  /** The page as it is printed, as a picture of A4's width; answers how many pages it takes. */
  async print(name: string): Promise<number> {
    await mkdir(PICTURES, { recursive: true });
    const paper = await this.page.pdf({ path: join(PICTURES, `${name}.pdf`), format: 'A4', preferCSSPageSize: true });
    return paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  }

  /** How far the page reaches beyond its right edge. */
  async overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }

  /** Makes a round with the consent service, as the window does when a connection comes back. */
  async round(): Promise<void> {
    const made = this.page.waitForResponse((response) => response.url().endsWith('/command/sync'));
    await this.page.evaluate(() => window.dispatchEvent(new Event('online')));
    await made;
  }

  async reload(): Promise<void> {
    await this.page.goto(this.#address);
  }

  async leave(): Promise<void> {
    await this.#context.close();
    await this.#host.stop();
  }
}
