// Settings, and the pages below them.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { App } from '../../App';
import type { Settings } from '../../host/host';
import { faults, refuse, renderWithHost } from '../../testing/renderWithHost';
import type { Answers } from '../../testing/renderWithHost';
import { overview, peace, round } from '../../testing/samples';

const settings: Settings = {
  lock_after_minutes: 5,
  ask_to_sign: false,
  notify: true,
  language: 'en',
  device_unlock: { available: false, on: false, can_sign: false },
  verifier: 'https://consent.county.example',
  vault: '/home/alys/wallet.vault',
  papers: '/home/alys/Assent',
  version: '0.1.0',
};
const answers: Answers = { ...peace, settings, settings_set: settings };
const press = async (name: string) => {
  await userEvent.click(await screen.findByRole('button', { name }));
};

describe('settings', () => {
  test('are all there, without a fault', async () => {
    renderWithHost(<App />, answers, '#/settings');
    for (const name of ['Words and colours', 'Lock', 'Notices', 'Consent service', 'Take your information with you', 'About Assent', 'Delete everything'])
      expect(await screen.findByRole('region', { name })).toBeTruthy();
    expect(await faults()).toEqual([]);
  });

  test('change at once: the lock, what signing asks for, notices', async () => {
    const { asked } = renderWithHost(<App />, answers, '#/settings');
    await userEvent.selectOptions(await screen.findByLabelText('Lock by itself after'), '10 minutes');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Ask for my passphrase each time I sign' }));
    await userEvent.click(screen.getByRole('checkbox', { name: /^Tell me when/ }));
    const changes = asked.filter(({ command }) => command === 'settings_set').map(({ ask }) => ask);
    expect(changes).toEqual([{ lock_after_minutes: 10 }, { ask_to_sign: true }, { notify: false }]);
    expect((await screen.findAllByText('Saved')).length).toBe(1);
  });

  test('the language changes every word, and is told to the program', async () => {
    const { asked } = renderWithHost(<App />, answers, '#/settings');
    await userEvent.click(await screen.findByRole('radio', { name: 'Cymraeg' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'Gosodiadau' })).toBeTruthy();
    expect(document.documentElement.lang).toBe('cy');
    expect(asked.find(({ command }) => command === 'settings_set')?.ask).toEqual({ language: 'cy' });
    expect(await faults()).toEqual([]);
  });

  test('the theme and the size of the words are for this window', async () => {
    renderWithHost(<App />, answers, '#/settings');
    await userEvent.click(await screen.findByRole('radio', { name: 'Dark' }));
    await userEvent.selectOptions(screen.getByLabelText('Size of the words'), 'Twice as large');
    expect(document.documentElement.dataset).toMatchObject({ theme: 'dark', text: '200' });
  });

  test('opening by device is offered only where the device can', async () => {
    const { asked } = renderWithHost(
      <App />,
      { ...answers, settings: { ...settings, device_unlock: { available: true, on: false, can_sign: false } }, device_unlock_set: settings },
      '#/settings',
    );
    const card = await screen.findByRole('region', { name: 'Open with this device' });
    await userEvent.type(within(card).getByLabelText('Your passphrase'), 'secret words');
    await press('Switch on');
    expect(asked.find(({ command }) => command === 'device_unlock_set')?.ask).toEqual({ on: true, passphrase: 'secret words' });
  });

  test('a backup, an export and the papers for a complaint say where they are', async () => {
    const saved = (path: string) => ({ path });
    renderWithHost(<App />, { ...answers, backup: saved('/b.vault'), export: saved('/e.json'), evidence_bundle: saved('/evidence') }, '#/settings');
    await press('Make a backup');
    await press('Export');
    await press('Save the evidence');
    for (const path of ['/b.vault', '/e.json', '/evidence']) expect(await screen.findByText(path)).toBeTruthy();
  });

  test('a full disk is told', async () => {
    renderWithHost(<App />, { ...answers, backup: refuse('disk_full', undefined, true) }, '#/settings');
    await press('Make a backup');
    expect((await screen.findByRole('alert')).textContent).toContain('no room left');
  });

  test('a dialog that the person closed is no error', async () => {
    renderWithHost(<App />, { ...answers, backup: refuse('cancelled') }, '#/settings');
    await press('Make a backup');
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'Make a backup' })).toBeTruthy();
    });
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('the pages below', () => {
  test('the passphrase is changed after the present one', async () => {
    const { asked } = renderWithHost(<App />, { ...answers, passphrase_strength: { score: 4 }, passphrase_change: {} }, '#/settings/passphrase');
    await userEvent.type(await screen.findByLabelText('Your passphrase now'), 'old words');
    await userEvent.type(screen.getByLabelText('Passphrase'), 'new words here');
    await userEvent.type(screen.getByLabelText('The same passphrase again'), 'new words here');
    expect(await faults()).toEqual([]);
    await press('Change it');
    await screen.findByRole('heading', { level: 1, name: 'Settings' });
    expect(asked.find(({ command }) => command === 'passphrase_change')?.ask).toEqual({ current: 'old words', passphrase: 'new words here' });
  });

  test('the recovery words are shown after the passphrase', async () => {
    renderWithHost(<App />, { ...answers, phrase_show: { words: ['river', 'stone'] } }, '#/settings/recovery-phrase');
    await userEvent.type(await screen.findByLabelText('Your passphrase now'), 'secret');
    await press('Show the words');
    expect(within(await screen.findByRole('list', { name: 'Your recovery words' })).getAllByRole('listitem')).toHaveLength(2);
    await press('They are the same on my paper');
    expect(localStorage.getItem('assent-phrase-checked')).not.toBeNull();
    expect(await faults()).toEqual([]);
  });

  test('an address that is no consent service is refused at its field', async () => {
    renderWithHost(<App />, { ...answers, verifier_set: refuse('not_a_verifier', 'url') }, '#/settings/verifier');
    await press('Use this service');
    expect((await screen.findByRole('alert')).textContent).toContain('something else at this address');
    expect(screen.getByLabelText('Its address').getAttribute('aria-invalid')).toBe('true');
  });

  test('the service that is named is used', async () => {
    const { asked } = renderWithHost(<App />, { ...answers, verifier_set: round }, '#/settings/verifier');
    await userEvent.clear(await screen.findByLabelText('Its address'));
    await userEvent.type(screen.getByLabelText('Its address'), 'https://other.example');
    await press('Use this service');
    await waitFor(() => {
      expect(asked.find(({ command }) => command === 'verifier_set')?.ask).toEqual({ url: 'https://other.example' });
    });
  });

  test('findings say what is wrong in words, and lead to the papers', async () => {
    const findings = [{ at: 1_795_600_000, kind: 'fork' as const, detail: 'two roots', seen: false }];
    const { asked } = renderWithHost(<App />, { ...answers, findings: { findings }, findings_seen: {}, evidence_bundle: { path: '/evidence' } }, '#/findings');
    expect(await screen.findByRole('heading', { name: 'It showed two different versions of the public record' })).toBeTruthy();
    expect(await faults()).toEqual([]);
    await press('Save the evidence');
    expect(await screen.findByText('/evidence')).toBeTruthy();
    await press('I have read this');
    expect(asked.some(({ command }) => command === 'findings_seen')).toBe(true);
  });

  test('no findings is good news', async () => {
    renderWithHost(<App />, { ...answers, findings: { findings: [] } }, '#/findings');
    expect(await screen.findByRole('heading', { name: 'Everything holds' })).toBeTruthy();
  });

  test('everything is deleted only by somebody who read what it means', async () => {
    const { asked } = renderWithHost(<App />, { ...answers, overview: { ...overview, waiting: 1 }, destroy: {} }, '#/settings/delete-everything');
    expect(await screen.findByText(/2 stay in force until they end/)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Stop everything' })).toBeTruthy();
    await userEvent.type(screen.getByLabelText('Your passphrase now'), 'secret');
    await press('Delete everything');
    expect((await screen.findByRole('alert')).textContent).toContain('did not tick');
    expect(asked.some(({ command }) => command === 'destroy')).toBe(false);
    await userEvent.click(screen.getByRole('checkbox', { name: 'I understand that this cannot be undone' }));
    expect(await faults()).toEqual([]);
    await press('Delete everything');
    await waitFor(() => {
      expect(asked.find(({ command }) => command === 'destroy')?.ask).toEqual({ passphrase: 'secret' });
    });
  });
});
