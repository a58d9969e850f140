// Before the wallet is open: the first run with its check, the way in with its wait, and the ways back.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { App } from '../../App';
import type { About } from '../../host/host';
import { isPhraseChecked } from '../../session/remembered';
import { faults, refuse, renderWithHost } from '../../testing/renderWithHost';
import type { Answers } from '../../testing/renderWithHost';
import { about, overview, peace, round } from '../../testing/samples';
import { asked, isWord } from './check';

const WORDS = Array.from({ length: 24 }, (_, at) => `word${String.fromCharCode(97 + at)}`);
const PASSPHRASE = 'a quiet river in spate';

/** A machine without a wallet, until one is made. */
function bare(more: Answers = {}): Answers {
  let made = false;
  return {
    ...peace,
    about: (): About => ({ ...about, exists: made, unlocked: made, suggested_verifier: 'https://consent.county.example' }),
    passphrase_strength: { score: 3 },
    create: () => {
      made = true;
      return { recovery_phrase: WORDS };
    },
    verifier_set: round,
    looks_list: { looks: [], overdue: [] },
    ...more,
  };
}

const press = async (name: string) => {
  await userEvent.click(await screen.findByRole('button', { name }));
};
const heading = (name: string) => screen.findByRole('heading', { level: 1, name });

async function makeWallet() {
  await press('Make my wallet');
  await userEvent.type(screen.getByLabelText('Passphrase'), PASSPHRASE);
  await userEvent.type(screen.getByLabelText('The same passphrase again'), PASSPHRASE);
  await press('Make my wallet');
  await heading('Write down your 24 recovery words');
}

describe('the first run', () => {
  test('goes from nothing to an open wallet, and checks the words', async () => {
    const { asked: questions } = renderWithHost(<App />, bare());
    await makeWallet();
    expect(within(screen.getByRole('list', { name: 'Your recovery words' })).getAllByRole('listitem').map((word) => word.textContent)).toEqual(WORDS);
    expect(await faults()).toEqual([]);
    await press('I have written them down');
    for (const field of screen.getAllByRole('textbox')) {
      const label = document.getElementById(field.getAttribute('aria-labelledby')?.split(' ')[0] ?? '')?.textContent ?? '';
      await userEvent.type(field, WORDS[Number(/\d+/.exec(label)?.[0]) - 1] ?? '');
    }
    await press('Check');
    await heading('Choose your consent service');
    expect(isPhraseChecked()).toBe(true);
    await press('Use this service');
    await heading('Your wallet');
    expect(questions.find(({ command }) => command === 'verifier_set')?.ask).toEqual({ url: 'https://consent.county.example' });
  });

  test('two passphrases that differ make nothing', async () => {
    const { asked: questions } = renderWithHost(<App />, bare());
    await press('Make my wallet');
    await userEvent.type(screen.getByLabelText('Passphrase'), PASSPHRASE);
    await userEvent.type(screen.getByLabelText('The same passphrase again'), 'another');
    await press('Make my wallet');
    expect(screen.getByText(/The two are not the same/)).toBeTruthy();
    expect(questions.some(({ command }) => command === 'create')).toBe(false);
  });

  test('a weak passphrase is told at its field and above', async () => {
    renderWithHost(<App />, bare({ create: refuse('passphrase_weak', 'passphrase'), passphrase_strength: { score: 0 } }));
    await press('Make my wallet');
    await userEvent.type(screen.getByLabelText('Passphrase'), 'password');
    expect((await screen.findAllByText('Guessed at once')).length).toBeGreaterThan(0);
    await userEvent.type(screen.getByLabelText('The same passphrase again'), 'password');
    await press('Make my wallet');
    const summary = await screen.findByRole('alert');
    expect(summary.textContent).toContain('too easy to guess');
    await waitFor(() => {
      expect(document.activeElement).toBe(summary);
    });
    expect(screen.getByLabelText('Passphrase').getAttribute('aria-invalid')).toBe('true');
    expect(await faults()).toEqual([]);
  });

  test('words that are not on the paper are told, and can be left for later', async () => {
    renderWithHost(<App />, bare());
    await makeWallet();
    await press('I have written them down');
    await press('Check');
    expect((await screen.findByRole('alert')).textContent).toContain('At least one word is not right');
    expect(screen.getAllByText('Type this word.')).toHaveLength(3);
    await userEvent.type(screen.getAllByRole('textbox')[0] ?? document.body, 'zoo zoo');
    await press('Check');
    expect(await screen.findByText('This is another word.')).toBeTruthy();
    await press('Do this later');
    await heading('Choose your consent service');
    expect(isPhraseChecked()).toBe(false);
  });

  test('the words for a lost device lead to the same wallet', async () => {
    const { asked: questions } = renderWithHost(<App />, bare({ recover: overview }));
    await press('Use my 24 words');
    await userEvent.type(screen.getByLabelText('Your 24 words'), WORDS.join(' '));
    await userEvent.type(screen.getByLabelText('Passphrase'), PASSPHRASE);
    await userEvent.type(screen.getByLabelText('The same passphrase again'), PASSPHRASE);
    expect(await faults()).toEqual([]);
    await press('Open my wallet');
    await waitFor(() => {
      expect(questions.find(({ command }) => command === 'recover')?.ask).toEqual({ phrase: WORDS.join(' '), passphrase: PASSPHRASE });
    });
  });

  test('a backup is read from its file', async () => {
    const { asked: questions } = renderWithHost(<App />, bare({ restore: overview }));
    await press('Bring back a backup');
    await press('Bring it back');
    expect(screen.getByText('Choose the backup file first.')).toBeTruthy();
    await userEvent.upload(screen.getByLabelText('Choose the backup, or drag it here'), new File(['vault'], 'assent-backup.vault'));
    await userEvent.type(screen.getByLabelText('The passphrase of the backup'), PASSPHRASE);
    expect(await faults()).toEqual([]);
    await press('Bring it back');
    await waitFor(() => {
      expect(questions.find(({ command }) => command === 'restore')?.ask).toEqual({ file: btoa('vault'), passphrase: PASSPHRASE });
    });
  });
});

describe('the way in', () => {
  const locked: Answers = { ...peace, about: { ...about, unlocked: false } };

  test('a wrong passphrase is told, and the field is empty again', async () => {
    renderWithHost(<App />, { ...locked, unlock: refuse('wrong_passphrase', 'passphrase') });
    const field = await screen.findByLabelText('Your passphrase');
    await userEvent.type(field, 'not this');
    await press('Open');
    expect((await screen.findByRole('alert')).textContent).toContain('not the passphrase of this wallet');
    await waitFor(() => {
      expect(field).toHaveProperty('value', '');
    });
    expect(await faults()).toEqual([]);
  });

  test('the wait is told truthfully and nothing can be sent before it is over', async () => {
    const { asked: questions } = renderWithHost(<App />, { ...locked, about: { ...about, unlocked: false, wait_seconds: 64 } });
    expect((await screen.findByText('Too many wrong tries')).closest('[role=status]')?.textContent).toContain('64 seconds');
    await press('Open');
    expect(questions.some(({ command }) => command === 'unlock')).toBe(false);
  });

  test('the passphrase can be looked at', async () => {
    renderWithHost(<App />, locked);
    const field = await screen.findByLabelText('Your passphrase');
    expect(field.getAttribute('type')).toBe('password');
    await press('Show what you type');
    expect(field.getAttribute('type')).toBe('text');
  });

  test('the device opens it where it may', async () => {
    const { asked: questions } = renderWithHost(<App />, { ...locked, about: { ...about, unlocked: false, device_unlock: true }, unlock_with_device: overview });
    await press('Open with this device');
    expect(questions.some(({ command }) => command === 'unlock_with_device')).toBe(true);
  });
});

test('three different words are asked, in order', () => {
  for (const random of [() => 0, () => 0.5, () => 0.999]) {
    const numbers = asked(24, random);
    expect(new Set(numbers).size).toBe(3);
    expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
    expect(numbers.every((number) => number >= 1 && number <= 24)).toBe(true);
  }
});

test('capitals and spaces do not make a word wrong, an empty one is', () => {
  expect([isWord(' River ', 'river'), isWord('stream', 'river'), isWord('', '')]).toEqual([true, false, false]);
});
