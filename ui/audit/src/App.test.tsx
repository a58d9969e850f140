// Every page over a verifier in memory: what it says, in both languages, by keyboard, without a fault of axe's.
import { LanguageProvider } from '@assent/shared';
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { App } from './App';
import { Auditor } from './audit/auditor';
import { AuditError } from './audit/source';
import { State } from './audit/state';
import { utf8 } from './log/bytes';
import type { PageName } from './session/route';
import { FakeDesk, OpenCabinet, Signers } from './testing/desk';
import { FakeVerifier, NOW } from './testing/verifier';

let verifier: FakeVerifier;
let desk: FakeDesk;
let cabinet: OpenCabinet;

beforeEach(async () => {
  localStorage.setItem('PARAGLIDE_LOCALE', 'en');
  window.location.hash = '';
  verifier = await FakeVerifier.open();
  desk = new FakeDesk(verifier);
  cabinet = new OpenCabinet();
});

function show() {
  const state = new State(localStorage, 'https://verifier.example/');
  return render(
    <LanguageProvider>
      <App auditor={new Auditor(verifier, state, () => NOW)} state={state} cabinet={cabinet} desk={desk} now={() => NOW} />
    </LanguageProvider>,
  );
}

async function showPinned(page: PageName = 'overview') {
  await new Auditor(verifier, new State(localStorage, 'https://verifier.example/'), () => NOW).pin(verifier.vkey, []);
  window.location.hash = `#/${page}`;
  return show();
}

async function readAll() {
  await userEvent.click(await screen.findByRole('button', { name: 'Read the whole log' }));
}

// Colours are checked in the real browser; jsdom paints nothing.
async function faults(page: Element) {
  const found = await axe.run(page, { rules: { 'color-contrast': { enabled: false } } });
  return found.violations.map((fault) => `${fault.id}: ${fault.nodes[0]?.html ?? ''}`);
}

describe('the first visit', () => {
  test('refuses what is no log key, and says so where the focus goes', async () => {
    const { container } = show();
    await userEvent.type(screen.getByLabelText('Log key'), 'verifier.example/log+00000000+AAAA');
    await userEvent.click(screen.getByRole('button', { name: 'Pin this key' }));
    const summary = await screen.findByRole('alert');
    expect(document.activeElement).toBe(summary);
    expect(await faults(container)).toEqual([]);
  });

  test('refuses a witness key that is the log key', async () => {
    show();
    await userEvent.type(screen.getByLabelText('Log key'), verifier.vkey);
    await userEvent.type(screen.getByLabelText(/Witnesses/), verifier.vkey);
    await userEvent.click(screen.getByRole('button', { name: 'Pin this key' }));
    expect((await screen.findByRole('alert')).textContent).toContain('not a witness');
  });

  test('takes the key that the verifier names only with a warning, then looks', async () => {
    show();
    await userEvent.click(screen.getByRole('button', { name: 'Fill in the key that the verifier names' }));
    expect(await screen.findByText(/came from the verifier itself/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Pin this key' }));
    expect(await screen.findByText('This is the first visit in this browser')).toBeTruthy();
  });
});

describe('the overview', () => {
  test('reads the whole log and finds nothing wrong', async () => {
    await showPinned();
    await readAll();
    expect(await screen.findByRole('heading', { name: 'Everything holds' })).toBeTruthy();
  });

  test('shows a rewritten log loudly, with both states to save', async () => {
    const first = await showPinned();
    await screen.findByText('This is the first visit in this browser');
    first.unmount();
    verifier.entries[1] = utf8('{}');
    const { container } = show();
    expect((await screen.findByRole('alert')).textContent).toContain('The log was rewritten');
    expect(screen.getAllByRole('button', { name: /^Download checkpoint/ })).toHaveLength(2);
    expect(await faults(container)).toEqual([]);
  });

  test('tells that it could not ask, and asks again', async () => {
    verifier.change(/checkpoint/, () => {
      throw new AuditError('unreachable');
    });
    await showPinned();
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing is known to be wrong');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  test('forgets only when asked twice', async () => {
    await showPinned();
    await userEvent.click(await screen.findByRole('button', { name: 'Forget this verifier' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Yes, forget it' }));
    expect(screen.getByRole('heading', { name: 'Check this verifier yourself' })).toBeTruthy();
  });

  test('does not take a damaged memory for a first visit', async () => {
    localStorage.setItem('assent-audit https://verifier.example/', 'x');
    show();
    expect((await screen.findByRole('alert')).textContent).toContain('cannot be read');
  });
});

test('a list that says something else is shown place by place', async () => {
  const forged = utf8(await verifier.list(verifier.bits().map((byte, at) => (at === 0 ? byte ^ 0b110000 : byte))));
  verifier.change(/status\/0$/, (answer) => ({ ...answer, body: forged }));
  await showPinned('lists');
  await readAll();
  expect((await screen.findAllByRole('alert'))[0]?.textContent).toContain('The list says something else than the log');
  const table = screen.getByRole('region', { name: 'The list says something else than the log' });
  const cells = within(table).getAllByRole('row')[1];
  expect(cells?.textContent).toBe('2pausedtaken back');
});

test('a list outside its time accuses nobody: the clock of this computer may be wrong', async () => {
  const expired = utf8(await verifier.list(verifier.bits(), { exp: NOW / 1000 - 1, iat: NOW / 1000 - 9 }));
  verifier.change(/status\/0$/, (answer) => ({ ...answer, body: expired }));
  const { unmount } = await showPinned('lists');
  await readAll();
  const verdict = await screen.findByRole('heading', { name: 'The list could not be compared' });
  expect(verdict.closest('[role=status]')?.textContent).toContain('Check that the date and time of this computer are right');
  unmount();
  await showPinned();
  await readAll();
  expect(await screen.findByRole('heading', { name: 'It could not be told whether everything holds' })).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a grant is asked about and answered', async () => {
  const receipt = await verifier.receipt(1);
  await showPinned('grant');
  await readAll();
  const field = await screen.findByLabelText('Token, receipt or proof');
  await userEvent.click(field);
  await userEvent.paste(receipt);
  await userEvent.click(screen.getByRole('button', { name: 'Answer' }));
  expect(await screen.findByRole('heading', { name: /^(Yes|No)/ })).toBeTruthy();
  expect(screen.getByText(/does not say which consent/)).toBeTruthy();
});

test('nothing is answered for a time that has not come', async () => {
  const receipt = await verifier.receipt(1);
  await showPinned('grant');
  await readAll();
  await userEvent.click(await screen.findByLabelText('Token, receipt or proof'));
  await userEvent.paste(receipt);
  fireEvent.change(screen.getByLabelText(/time/i), { target: { value: '2999-01-01T00:00:00' } });
  await userEvent.click(screen.getByRole('button', { name: 'Answer' }));
  expect((await screen.findByRole('alert')).textContent).toContain('That time has not come');
  expect(screen.queryByRole('heading', { name: /^(Yes|No)/ })).toBeNull();
});

describe('the log', () => {
  test('draws a dozen rows of many, jumps, and goes by keyboard', async () => {
    for (let idx = 100; idx < 2000; idx += 1) verifier.set(idx, 0, NOW);
    await showPinned('log');
    const list = await screen.findByRole('listbox');
    expect(within(list).getAllByRole('option').length).toBeLessThan(20);
    expect(await within(list).findAllByText('another act')).toHaveLength(1);
    await userEvent.type(screen.getByLabelText(/Go to entry/), '1500');
    await userEvent.click(screen.getByRole('button', { name: 'Go' }));
    const detail = await screen.findByRole('region', { name: 'Entry 1,500' });
    expect(await within(detail).findByText('It leads to the signed root.')).toBeTruthy();
    list.focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(screen.getByRole('heading', { name: 'Entry 1,499' })).toBeTruthy();
  });

  test('marks an entry that the tree does not hold', async () => {
    verifier.change(/entries/, (answer) => ({ ...answer, body: answer.body.map((byte, at) => (at === 8 ? byte ^ 1 : byte)) }));
    await showPinned('log');
    expect(await screen.findByText('It does not lead to the signed root. Read the whole log in the overview for the evidence.')).toBeTruthy();
  });
});

test('figures have a table and a file each', async () => {
  await showPinned('figures');
  await readAll();
  expect(await screen.findAllByRole('img')).toHaveLength(6);
  expect(screen.getAllByRole('button', { name: 'Download as CSV' })).toHaveLength(6);
  const [given] = screen.getAllByRole('region', { name: 'Consents given' });
  expect(given?.textContent).toContain('2 in all');
});

describe('openings and deletions', () => {
  const fill = async () => {
    await userEvent.type(await screen.findByLabelText('Your address'), 'https://audit.example');
    await userEvent.type(screen.getByLabelText('Your name'), 'Office of the Auditor');
  };

  test('are shown to who made a key here and was admitted', async () => {
    const signers = await Signers.of(verifier);
    await signers.token('one', 20);
    await signers.act('one', 'open', { incident: 'INC-1', reason: 'life-at-risk' });
    const { container } = await showPinned('duties');
    await fill();
    await userEvent.click(screen.getByRole('button', { name: 'Make my key' }));
    await readAll();
    const ask = await screen.findByRole('button', { name: 'Show what stands behind the entries' });
    await userEvent.click(ask);
    expect((await screen.findByRole('alert')).textContent).toContain('does not know your key');
    desk.admitted.add((await cabinet.read())?.x ?? '');
    await userEvent.click(ask);
    expect(await screen.findByRole('img', { name: /^Openings: 1 in all/ })).toBeTruthy();
    expect(screen.getByRole('img', { name: /^Openings by agency/ }).textContent).toContain('Ambulance');
    expect(screen.getAllByRole('button', { name: 'Download as CSV' })).toHaveLength(4);
    expect(screen.getByText(/did not show what stands behind 7 of the entries/)).toBeTruthy();
    expect(await faults(container)).toEqual([]);
  });

  test('need an address, a name and a key that is one', async () => {
    await showPinned('duties');
    await userEvent.click(await screen.findByRole('button', { name: 'Make my key' }));
    expect((await screen.findByRole('alert')).textContent).toContain('starts with https');
    await fill();
    await userEvent.upload(screen.getByLabelText('Key file'), new File(['{}'], 'key.json'));
    expect((await screen.findByRole('alert')).textContent).toContain('no Ed25519 key');
    expect(await cabinet.read()).toBeNull();
  });
});

describe.each<PageName>(['overview', 'lists', 'grant', 'log', 'figures', 'duties'])('the page %s', (page) => {
  test('has no faults that axe can find, and changes every word with the language', async () => {
    const { container } = await showPinned(page);
    if (page !== 'log' && page !== 'duties') await readAll();
    await waitFor(() => {
      expect(container.querySelector('main')?.textContent).not.toContain('Looking');
    });
    await screen.findByRole('heading', { level: 1 });
    expect(await faults(container)).toEqual([]);
    const english = screen.getByRole('heading', { level: 1 }).textContent;
    await userEvent.click(screen.getByRole('button', { name: 'Cymraeg' }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).not.toBe(english);
    expect(document.documentElement.lang).toBe('cy');
    await act(async () => {
      expect(await faults(container)).toEqual([]);
    });
  });
});
