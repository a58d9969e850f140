// Debian's Chromium, and what every page of it is watched for.
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const PROGRAM = process.env.ASSENT_CHROMIUM ?? '/usr/bin/chromium';
const QUIETLY = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];

/** Starts the browser. */
export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: PROGRAM, args: QUIETLY });
}

/** A page whose complaints are collected: faults, and what the content policy refused. */
export async function open(context: BrowserContext): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage();
  // A busy machine makes nothing wrong.
  page.setDefaultTimeout(90_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A file that is not there and a refusal are answers, and the browser notes each.
    if (message.type() === 'error' && !/status of (404|422)/.test(message.text())) complaints.push(message.text());
  });
  return { page, complaints };
}

/** What axe finds on the page as it is painted, with whatever can be pressed at least 24 pixels wide and high (WCAG 2.5.8). */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run({ rules: { 'target-size': { enabled: true } } }));
  return found.violations.map((fault) => `${fault.id}: ${fault.nodes.map(({ html }) => html).join(' | ')}`);
}
