// The control room: a number before a name, opening with a reason, the most dangerous first, and a second screen.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FieldView, OpeningView } from '../../host/types';
import { No, faults, show } from '../../testing/desk';
import { SOON, incident, match, read } from '../../testing/samples';
import { bySafety } from './lifeSafety';

beforeEach(() => {
  sessionStorage.clear();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const opening: OpeningView = { grant: 'grant-1', statement: 'act-2', at: SOON - 600, actor: 'actor-mair', reason: 'call', until: SOON + 6600, state: 'valid', finding: null };
const opened = read({ open_until: SOON + 6600 });

describe('the first page', () => {
  test('declares an incident and goes to it', async () => {
    const { calls } = show({ 'incident/declare': incident }, '#/control');
    await userEvent.selectOptions(await screen.findByLabelText('What happened'), 'Fire or smoke');
    await userEvent.type(screen.getByLabelText("Caller's number"), '07700 900481');
    expect(await faults()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Declare the incident' }));
    await screen.findByRole('heading', { level: 1, name: 'Fire or smoke · INC-1' });
    expect(calls.find(({ route }) => route === 'incident/declare')?.ask).toEqual({ kind: 'fire', phone: '07700 900481', place: '', reference: '' });
  });

  test('asks about a place and answers with a number, without asking for any consent', async () => {
    const { calls } = show({ 'place/count': { people: 2 } }, '#/control');
    await userEvent.type(await screen.findByLabelText('Address'), 'Mill Lane 3');
    await userEvent.click(screen.getByRole('button', { name: 'Ask' }));
    await screen.findByText('people there may need help.');
    expect(screen.getByText('2')).toBeTruthy();
    expect(calls.map(({ route }) => route)).not.toContain('incident/match');
  });

  test('lists incidents, and hears of a new one', async () => {
    const shown = show({ incidents: { incidents: [] } }, '#/control');
    await screen.findByText('No incident was declared yet');
    shown.answer({ incidents: { incidents: [incident] } });
    shown.tell({ kind: 'incident', id: 'INC-1', open: true });
    await screen.findByRole('link', { name: 'Fire or smoke · INC-1' });
  });
});

describe('an incident', () => {
  test('finds who may be calling by its number, and shows only what may be opened', async () => {
    const { calls } = show({}, '#/control/INC-1');
    await screen.findByRole('heading', { name: 'The number is the same' });
    expect(screen.getByText('At your tier (2, Emergency response) this may be opened:')).toBeTruthy();
    expect(calls.find(({ route }) => route === 'incident/match')?.ask).toMatchObject({ incident: 'INC-1', phone: '07700 900481', address: '' });
    expect(await faults()).toEqual([]);
  });

  test('finds by address too', async () => {
    const shown = show({}, '#/control/INC-1');
    await screen.findByRole('heading', { name: 'The number is the same' });
    shown.answer({ 'incident/match': { people: 1, matches: [{ ...match, by: 'address', score: 0.93 }] } });
    await userEvent.click(screen.getByRole('radio', { name: 'Address' }));
    await userEvent.click(screen.getByRole('button', { name: 'Find' }));
    await screen.findByRole('heading', { name: 'The address is 93 % alike' });
    expect(shown.calls.filter(({ route }) => route === 'incident/match').at(-1)?.ask).toMatchObject({ phone: '', address: 'Bwthyn y Felin' });
  });

  test('opens with reason and position, danger first, and hands it over', async () => {
    const hand = vi.fn(() => 'blob:x');
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: hand, revokeObjectURL: () => undefined }));
    const { calls } = show({ 'incident/open': opened, 'incident/hand-over': new Blob(['xml']) }, '#/control/INC-1');
    await userEvent.selectOptions(await screen.findByLabelText('Why'), 'Crew at the door');
    await userEvent.type(screen.getByLabelText('Your position'), 'desk-4');
    await waitFor(() => { expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Open it' }).disabled).toBe(false); });
    await userEvent.click(screen.getByRole('button', { name: 'Open it' }));
    await screen.findByText('Two oxygen cylinders');
    expect(screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent)).toEqual(['Danger', 'The person']);
    expect(calls.find(({ route }) => route === 'incident/open')?.ask).toMatchObject({ grant: 'grant-1', incident: 'INC-1', reason: 'on-scene', position: 'desk-4' });
    expect(await faults()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Hand over as a file (RFC 7852)' }));
    await waitFor(() => { expect(hand).toHaveBeenCalledOnce(); });
  });

  test('what was opened goes when the consent does', async () => {
    const shown = show({ 'incident/open': opened }, '#/control/INC-1');
    await waitFor(() => { expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Open it' }).disabled).toBe(false); });
    await userEvent.click(screen.getByRole('button', { name: 'Open it' }));
    await screen.findByText('Two oxygen cylinders');
    // Whoever took it back is not found any more; the card says so all the same.
    shown.answer({ 'incident/match': { people: 0, matches: [] } });
    shown.tell({ kind: 'consent', grant: 'grant-1', act: 'revoke', state: 'withdrawn', index: 9 });
    expect(document.body.textContent).not.toContain('Two oxygen cylinders');
    expect(screen.getByRole('alert').textContent).toContain('The consent was taken back');
    await screen.findByText(/Nobody who allowed it is known there/);
    expect(screen.getByRole('alert').textContent).toContain('The consent was taken back');
  });

  test('that was closed at another desk shows nothing any more', async () => {
    const shown = show({ 'incident/open': opened }, '#/control/INC-1');
    await waitFor(() => { expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Open it' }).disabled).toBe(false); });
    await userEvent.click(screen.getByRole('button', { name: 'Open it' }));
    await screen.findByText('Two oxygen cylinders');
    shown.answer({ incident: { ...incident, closed_at: SOON, closed_by: 'actor-tomos' } });
    shown.tell({ kind: 'incident', id: 'INC-1', open: false });
    await screen.findByText(/Nothing is opened for it any more/);
    expect(document.body.textContent).not.toContain('Two oxygen cylinders');
  });

  test('a paused consent cannot be opened', async () => {
    show({ 'incident/match': { people: 1, matches: [{ ...match, state: 'paused' }] } }, '#/control/INC-1');
    await screen.findByText('Paused');
    expect(screen.queryByRole('button', { name: 'Open it' })).toBeNull();
  });

  test('a refusal is told', async () => {
    show({ 'incident/open': new No('nothing_shared', 404) }, '#/control/INC-1');
    await waitFor(() => { expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Open it' }).disabled).toBe(false); });
    await userEvent.click(screen.getByRole('button', { name: 'Open it' }));
    await screen.findByText('Nothing is shared under this consent yet.');
  });

  test('shows who else answers, and is closed after a second press', async () => {
    const circle = { cases: [{ grant: 'grant-1', case: 'case-1', circle: 'Emergency response', members: [
      { agency: 'https://fire.cwmderw.example', name: 'Cwm Derw Fire and Rescue', kind: 'fire', tier: 2, state: 'valid' as const, own: true },
      { agency: 'https://ambulance.cwmderw.example', name: 'Cwm Derw Ambulance Trust', kind: 'ambulance', tier: 3, state: 'withdrawn' as const, own: false },
    ] }] };
    const shown = show({ 'incident/circle': circle, 'incident/close': { ...incident, closed_at: SOON, closed_by: 'actor-mair' } }, '#/control/INC-1');
    const part = await screen.findByRole('region', { name: 'Who answers together: Emergency response' });
    expect(within(part).getByText('Cwm Derw Ambulance Trust')).toBeTruthy();
    expect(within(part).getByText('Taken back')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Close the incident' }));
    expect(shown.calls.map(({ route }) => route)).not.toContain('incident/close');
    await userEvent.click(screen.getByRole('button', { name: 'Yes, close it' }));
    await screen.findByText(/Nothing is opened for it any more/);
  });
});

describe('the second screen', () => {
  test('shows what is open, without the desk around it, and follows the desk', async () => {
    const shown = show({ 'incident/open': opened }, '#/control/INC-1/screen');
    await screen.findByText('Nothing is open for this incident yet.');
    expect(screen.queryByRole('navigation')).toBeNull();
    shown.answer({ incident: { ...incident, openings: [opening] } });
    shown.tell({ kind: 'incident', id: 'INC-1', open: true });
    await screen.findByText('Two oxygen cylinders');
    expect(await faults()).toEqual([]);
    shown.answer({ incident: { ...incident, openings: [{ ...opening, state: 'withdrawn' }] } });
    shown.tell({ kind: 'consent', grant: 'grant-1', act: 'revoke', state: 'withdrawn', index: 9 });
    expect(document.body.textContent).not.toContain('Two oxygen cylinders');
  });

  test('opens nothing by itself', async () => {
    const { calls } = show({}, '#/control/INC-1/screen');
    await screen.findByText('Nothing is open for this incident yet.');
    expect(calls.map(({ route }) => route)).not.toContain('incident/open');
  });

  test('comes back by itself after the line was cut', async () => {
    const shown = show({ incident: { ...incident, openings: [opening] }, 'incident/open': opened }, '#/control/INC-1/screen');
    await screen.findByText('Two oxygen cylinders');
    shown.tell({ kind: 'line', connected: false, index: null });
    expect(document.body.textContent).not.toContain('Two oxygen cylinders');
    shown.tell({ kind: 'line', connected: true, index: 9 });
    await screen.findByText('Two oxygen cylinders');
  });
});

test('what can kill comes first, whatever order it came in, and nothing is left out', () => {
  const field = (path: string): FieldView => ({ path, label: path, value: null, lines: ['x'] });
  const paths = ['identity.name', 'health.medication', 'documents.letter', 'home.access', 'home.occupants', 'health.allergies', 'needs.mobility', 'home.hazards'];
  const groups = bySafety(paths.map(field));
  expect(groups.map(({ group }) => group.id)).toEqual(['danger', 'allergy', 'inside', 'access', 'needs', 'medical', 'person', 'other']);
  expect(groups.flatMap(({ fields }) => fields.map(({ path }) => path)).sort()).toEqual([...paths].sort());
});
