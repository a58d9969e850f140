// Somebody at the auditor's pages in a browser, and what they do there again and again.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { faults, open } from '../../e2e/browser';

export const PAGES = ['Overview', 'Check a list', 'In force?', 'The log', 'Figures', 'Openings'];
const PICTURES = join(import.meta.dirname, '..', '..', '..', 'target', 'screenshots', 'audit');

export class Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: string[];

  private constructor(context: BrowserContext, page: Page, complaints: string[]) {
    this.context = context;
    this.page = page;
    this.complaints = complaints;
  }

  static async arrive(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
    const viewport = { width: 1280, height: 900 };
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', viewport, ...options });
    const { page, complaints } = await open(context);
    return new Visitor(context, page, complaints);
  }

  /** Opens the pages for the first time and pins the key that the operator gave out. */
  async pin(url: string, vkey: string, witnesses = ''): Promise<void> {
    await this.page.goto(`${url}/audit/`);
    await this.page.getByLabel('Log key').fill(vkey);
    await this.page.getByLabel(/^Witnesses/).fill(witnesses);
    await this.page.getByRole('button', { name: 'Pin this key' }).click();
    await this.page.getByRole('heading', { level: 1, name: 'Does the verifier keep its word?' }).waitFor();
  }

  async readAll(): Promise<void> {
    await this.page.getByRole('button', { name: 'Read the whole log' }).click();
    await this.page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' });
  }

  async verdict(): Promise<string> {
    return this.page.locator('.verdict h2').first().innerText();
  }

  async codes(): Promise<string[]> {
    return this.page.locator('.findings code').allInnerTexts();
  }

  async go(name: string): Promise<void> {
    await this.page.getByRole('navigation').getByRole('link', { name }).click();
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** How wide the page is, whatever the window is. */
  width(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth);
  }

  /** Keeps a picture of the whole page, and answers what axe finds on it. */
  async picture(name: string): Promise<string[]> {
    await mkdir(PICTURES, { recursive: true });
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
    return faults(this.page);
  }

  async leave(): Promise<void> {
    await this.context.close();
  }
}
