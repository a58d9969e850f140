// What is shipped inside the window: no way to a program over HTTP, nothing inline, nothing from elsewhere.
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const WALLET = join(import.meta.dirname, '..');
let folder: string;
let script: string;
let page: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assent-shipped-'));
  await build({ configFile: join(WALLET, 'vite.config.ts'), logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  const files = await readdir(join(folder, 'assets'));
  const scripts = files.filter((name) => name.endsWith('.js'));
  script = (await Promise.all(scripts.map((name) => readFile(join(folder, 'assets', name), 'utf8')))).join('\n');
  page = await readFile(join(folder, 'index.html'), 'utf8');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('there is no transport but the window’s own', () => {
  expect(script).toContain('__TAURI_INTERNALS__');
  expect(script).not.toContain('/command/');
  expect(script).not.toMatch(/\bXMLHttpRequest\b|\bnew WebSocket\b|\bEventSource\b/);
});

test('nothing is evaluated', () => {
  expect(script).not.toMatch(/\beval\(|\bnew Function\(/);
});

test('the page loads its own files only, and has nothing inline', () => {
  expect(page).not.toMatch(/<script>|<style|style=|onload=/);
  expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address).filter((address) => !address?.startsWith('/assets/'))).toEqual([]);
});
