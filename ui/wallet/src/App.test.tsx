// The whole first page, with the program's answers faked at the border.
import { LanguageProvider } from '@assent/shared';
import { mockIPC } from '@tauri-apps/api/mocks';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { App } from './App';
import type { AppInfo } from './host/host';
import sample from './host/app_info.sample.json';

const info: AppInfo = sample;

function show(answer: () => unknown) {
  mockIPC((command) => {
    if (command !== 'app_info') throw new Error(`no such command: ${command}`);
    return answer();
  });
  return render(
    <LanguageProvider>
      <App />
    </LanguageProvider>,
  );
}

// Colours are checked in the real window; jsdom paints nothing.
async function faults(page: Element) {
  const found = await axe.run(page, { rules: { 'color-contrast': { enabled: false } } });
  return found.violations.map((fault) => `${fault.id}: ${fault.nodes[0]?.html ?? ''}`);
}

beforeEach(() => {
  localStorage.setItem('PARAGLIDE_LOCALE', 'en');
});

describe('the first page', () => {
  test('says what Assent is and where the vault will be', async () => {
    show(() => info);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Your information, shared on your terms');
    expect(await screen.findByText(info.vault_file)).toBeTruthy();
    expect(screen.getByText('Where your information will be kept')).toBeTruthy();
    expect(screen.getByText(info.version)).toBeTruthy();
  });

  test('says that a vault is there', async () => {
    show(() => ({ ...info, vault_exists: true }));
    expect(await screen.findByText('Where your information is kept')).toBeTruthy();
  });

  test('has no faults that axe can find', async () => {
    const { container } = show(() => info);
    await screen.findByText(info.vault_file);
    expect(await faults(container)).toEqual([]);
  });

  test('works by keyboard: past the top first, then the languages', async () => {
    show(() => info);
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('Skip to the main part');
    await userEvent.tab();
    await userEvent.tab();
    expect(document.activeElement?.textContent).toBe('Cymraeg');
    await userEvent.keyboard('{Enter}');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Eich gwybodaeth');
  });
});

describe('the language', () => {
  test('changes every word, is told to screen readers and is remembered', async () => {
    const { container, unmount } = show(() => info);
    await screen.findByText(info.vault_file);
    const english = container.textContent;
    await userEvent.click(screen.getByRole('button', { name: 'Cymraeg' }));
    expect(document.documentElement.lang).toBe('cy');
    expect(screen.getByText('Ble bydd eich gwybodaeth yn cael ei chadw')).toBeTruthy();
    expect(container.textContent).not.toBe(english);
    expect(await faults(container)).toEqual([]);
    unmount();
    show(() => info);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('Eich gwybodaeth');
  });
});

describe('an error', () => {
  const refuse = (answer: unknown) => () => Promise.reject(answer);

  test('says what happened and what to do, and takes the focus', async () => {
    show(refuse({ code: 'no_home_folder', retryable: false }));
    const summary = await screen.findByRole('alert');
    expect(summary.textContent).toContain('does not say where your files are kept');
    expect(summary.textContent).toContain('Ask the person who set up this computer');
    await waitFor(() => {
      expect(document.activeElement).toBe(summary);
    });
  });

  test.each([['a text'], [{ code: 'from_the_future', retryable: true }], [null]])(
    'that is not known is still an error: %j',
    async (answer) => {
      show(refuse(answer));
      expect((await screen.findByRole('alert')).textContent).toContain('could not read its own details');
    },
  );
});
