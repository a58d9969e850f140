// Bringing a request in, reading it, choosing, signing and declining, over faked answers of the program.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { App } from '../../App';
import type { ReviewView } from '../../host/host';
import type { Answers } from '../../testing/renderWithHost';
import { faults, refuse, renderWithHost } from '../../testing/renderWithHost';
import { about, peace } from '../../testing/samples';
import { ambulance, fire, LATER, review } from '../../testing/sharingSamples';
import { forget } from '../../session/asked';
import { linksStore } from './links';

const LINK = 'assent://authorize?client_id=https%3A%2F%2Ffire.cwmderw.example&request=a.b.c';
const quiet: Answers = { ...peace, declined_list: { declined: [] }, data_list: { sections: [] }, request_review: review };

beforeEach(() => {
  forget();
  for (const link of linksStore.all()) linksStore.drop(link);
});

/** At the review of a pasted link. */
async function reading(answers: Answers = quiet) {
  const shown = renderWithHost(<App />, answers, '#/requests');
  await userEvent.type(await screen.findByLabelText('Link or request'), LINK);
  await userEvent.click(screen.getByRole('button', { name: 'Read the request' }));
  return shown;
}

const asking = (change: Partial<ReviewView>): Answers => ({ ...quiet, request_review: { ...review, ...change } });
const asked = (shown: ReturnType<typeof renderWithHost>, command: string) => shown.asked.find((one) => one.command === command)?.ask;

test('nothing pasted is told at the field', async () => {
  renderWithHost(<App />, quiet, '#/requests');
  await userEvent.click(await screen.findByRole('button', { name: 'Read the request' }));
  expect(await screen.findByText('Paste a link or a request first.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Use the camera' })).toBeNull();
  expect(await faults()).toEqual([]);
});

test('who asks and what for stand first, then what speaks against it; needed items have no tick', async () => {
  await reading();
  expect(await screen.findByRole('heading', { level: 1, name: 'Cwm Derw Fire and Rescue asks to see some of your information' })).toBeTruthy();
  const order = screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
  expect(order.slice(0, 2)).toEqual(['Who asks', 'What they would see']);
  expect(screen.getByText('Home fire safety visit')).toBeTruthy();
  expect(screen.getByText(/^More than this reason needs: “Health conditions”/)).toBeTruthy();
  expect(screen.getByText('Nothing is written down yet for: “Hearing”.')).toBeTruthy();
  expect(screen.queryByRole('checkbox', { name: 'Name' })).toBeNull();
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Getting in' }).checked).toBe(true);
  // Neither more than is needed nor what is not there is proposed.
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Health conditions' }).checked).toBe(false);
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Hearing' }).checked).toBe(false);
  expect(screen.getByText('2 of 4 items chosen')).toBeTruthy();
  expect(screen.getByText('We keep it until 90 days after the visit.')).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test('what is signed is what was ticked, until the day that was chosen', async () => {
  const shown = await reading({ ...quiet, request_grant: { grants: ['g1'], recorded: 1, trouble: null } });
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Getting in' }));
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Until when may Cwm Derw Fire and Rescue see it?' })).toBeTruthy();
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByLabelText(/^One month/));
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Check before you sign' })).toBeTruthy();
  expect(screen.getByText('Getting in, Health conditions and Hearing')).toBeTruthy();
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Say yes and sign' }));
  expect(await screen.findByText('Signed, recorded and proven')).toBeTruthy();
  const signed = asked(shown, 'request_grant') as { review: number; without: string[]; ends_at: number };
  expect(signed).toMatchObject({ review: 1, without: ['home.access', 'health.conditions', 'needs.hearing'] });
  expect(signed.ends_at).toBeLessThan(LATER);
  expect(await faults()).toEqual([]);
});

test('an end later than asked for is not taken', async () => {
  await reading();
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  await userEvent.click(await screen.findByLabelText('Another day'));
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  expect(await screen.findByText(/^Choose a day between tomorrow and/)).toBeTruthy();
  expect(screen.queryByRole('heading', { name: 'Check before you sign' })).toBeNull();
});

test('nothing ticked goes no further, and the summary has the focus', async () => {
  const [, free] = review.items;
  if (free === undefined) throw new Error('the sample has two items');
  await reading(asking({ items: [free], concerns: [] }));
  await userEvent.click(await screen.findByRole('checkbox', { name: 'Getting in' }));
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  const summary = await screen.findByRole('alert');
  expect(summary.textContent).toContain('Nothing is chosen.');
  await waitFor(() => {
    expect(document.activeElement).toBe(summary);
  });
});

test('the passphrase is asked for where the setting says so, and a wrong one stands at its field', async () => {
  const shown = await reading({ ...asking({ asks_to_sign: true }), request_grant: refuse('wrong_passphrase', 'passphrase') });
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  await userEvent.type(await screen.findByLabelText('Your passphrase'), 'not it');
  await userEvent.click(screen.getByRole('button', { name: 'Say yes and sign' }));
  expect(await screen.findByText(/^That is not the passphrase/)).toBeTruthy();
  expect(asked(shown, 'request_grant')).toMatchObject({ passphrase: 'not it' });
});

test('where the device can ask who is there, that will do in place of the passphrase', async () => {
  const shown = await reading({
    ...asking({ asks_to_sign: true }),
    settings: {
      lock_after_minutes: 5, ask_to_sign: true, notify: true, language: 'en', verifier: null, vault: '', papers: '', version: '',
      device_unlock: { available: true, on: true, can_sign: true },
    },
    request_grant: { grants: ['g1'], recorded: 1, trouble: null },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Use this device’s unlock instead' }));
  expect(await screen.findByText('Signed, recorded and proven')).toBeTruthy();
  expect(asked(shown, 'request_grant')).toMatchObject({ passphrase: null, by_device: true });
});

test('signed without a connection says that nobody can use it yet', async () => {
  await reading({ ...quiet, request_grant: { grants: ['g1'], recorded: 0, trouble: 'unreachable' } });
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Say yes and sign' }));
  expect(await screen.findByText(/It has not been sent yet, so nobody can use it/)).toBeTruthy();
  expect(screen.queryByRole('link', { name: 'Check the proof yourself' })).toBeNull();
});

test('a circle shows what each member would see, as the ticks change', async () => {
  const member = (agency: typeof fire, paths: string[], tier: number) => ({ agency, paths, tiers: [{ tier, name: `tier ${tier.toString()}` }] });
  const members = [member(fire, ['identity.name', 'home.access'], 2), member(ambulance, ['home.access'], 3)];
  await reading(asking({ circle: { name: 'Emergency response', members }, on_incident: true }));
  const card = (await screen.findByRole('heading', { name: 'One yes goes to several agencies' })).closest('section');
  if (card === null) throw new Error('the circle has a card');
  const lines = () => within(card).getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(lines()[0]).toContain('Name and Getting in');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Getting in' }));
  expect(lines()[1]).toContain('Nothing, with what you left out');
  expect(screen.getByText(/It stays sealed until/)).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test.each([
  [{ code: 'other_basis' } as const, /another right in law/],
  [{ code: 'declined', at: 1_795_600_000 } as const, /You said no to this request on/],
  [{ code: 'answered', grant: 'g1' } as const, /You have said yes to this request already/],
  [{ code: 'wider_than_last_time', what: 'at_any_time' } as const, /Now they could read it at any time/],
  [{ code: 'more_than_last_time', path: 'home.access' } as const, /They did not ask for this last time: “Getting in”/],
  [{ code: 'runs_long' } as const, /more than two years/],
])('%j is told in words', async (concern, words) => {
  await reading(asking({ concerns: [concern] }));
  expect(await screen.findByText(words)).toBeTruthy();
});

test('a forged request shows nothing of itself, only what happened and what to do', async () => {
  await reading({ ...quiet, request_review: refuse('request_forged') });
  const summary = await screen.findByRole('alert');
  expect(summary.textContent).toContain('Do not answer');
  expect(screen.queryByText('Who asks')).toBeNull();
  expect(await faults()).toEqual([]);
});

test('a no is signed and told', async () => {
  const no = { agency: fire.name, at: 1_795_600_000, delivery: 'delivered' as const, statement: 'a.b.c' };
  const shown = await reading({ ...quiet, request_decline: { no, trouble: null } });
  await userEvent.click(await screen.findByRole('button', { name: 'Say no' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Say no to Cwm Derw Fire and Rescue?' })).toBeTruthy();
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Say no and tell them' }));
  expect(await screen.findByText('They know. Nothing is shared.')).toBeTruthy();
  expect(asked(shown, 'request_decline')).toEqual({ review: 1 });
});

test('what is missing is written down on the way, and the request is read anew', async () => {
  const hearing = {
    path: 'needs.hearing', label: 'Hearing', help: 'Whether you hear a call.', shape: 'needs' as const, value: null, special: true, tier: 2,
    codes: [{ code: '35', label: 'Hearing impairment' }], seen_by: [],
  };
  const shown = await reading({ ...quiet, data_list: { sections: [{ id: 'needs', label: 'Needs', items: [hearing] }] }, data_set: {} });
  await userEvent.click(await screen.findByRole('button', { name: 'Write it down now: Hearing' }));
  await userEvent.click(await screen.findByLabelText('Hearing impairment'));
  await userEvent.click(screen.getByRole('button', { name: 'Save and go back to the request' }));
  expect(await screen.findByRole('heading', { level: 1, name: /asks to see/ })).toBeTruthy();
  expect(asked(shown, 'data_set')).toEqual({ path: 'needs.hearing', value: [{ code: '35' }] });
  expect(shown.asked.filter(({ command }) => command === 'request_review')).toHaveLength(2);
});

test('a file that is asked for is added, and the answer goes on where it was left', async () => {
  const letter = { path: 'documents.care-plan', label: 'care-plan', value: null, required: false, special: true };
  const shown = await reading({ ...asking({ items: [...review.items, letter] }), attachment_add: { received: 1, kept: true } });
  await userEvent.click(await screen.findByRole('button', { name: 'Write it down now: care-plan' }));
  expect(await screen.findByText(/^This is a file/)).toBeTruthy();
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Add the file' }));
  expect(await screen.findByRole('link', { name: 'Back to the request' })).toBeTruthy();
  await userEvent.upload(await screen.findByLabelText(/^Choose a file/), new File(['x'], 'plan.pdf', { type: 'application/pdf' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('heading', { level: 1, name: /asks to see some of your information$/ })).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'care-plan' }).checked).toBe(true);
  expect(asked(shown, 'attachment_add')).toMatchObject({ path: 'documents.care-plan' });
});

test('a link that was opened outside waits to be read, and can be left', async () => {
  let links = 1;
  const shown = renderWithHost(<App />, {
    ...quiet,
    about: () => ({ ...about, links }),
    links_take: () => {
      links = 0;
      return { links: [LINK] };
    },
  }, '#/requests');
  expect(await screen.findByText('A request that says it is from fire.cwmderw.example')).toBeTruthy();
  expect(asked(shown, 'request_review')).toBeUndefined();
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Leave it' }));
  expect(screen.queryByText('Requests that were opened with Assent')).toBeNull();
});

test('in Welsh the same page speaks Welsh', async () => {
  localStorage.setItem('PARAGLIDE_LOCALE', 'cy');
  renderWithHost(<App />, quiet, '#/requests');
  expect(await screen.findByRole('heading', { level: 1, name: 'Ateb cais' })).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test('sharing what nobody asked for: one question a page, then the same review', async () => {
  const name = {
    path: 'identity.name', label: 'Name', help: '', shape: 'name' as const, value: { text: 'Mared' }, special: false, tier: 1, codes: [], seen_by: [],
  };
  const shown = renderWithHost(<App />, {
    ...quiet,
    agencies: { agencies: [fire, { ...ambulance, active: false }], fetched_at: 1 },
    purposes: { purposes: review.purposes },
    data_list: { sections: [{ id: 'identity', label: 'About me', items: [name] }] },
    direct_review: review,
  }, '#/share');
  await userEvent.click(await screen.findByRole('button', { name: 'Continue' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Choose an agency.');
  expect(screen.queryByLabelText('Cwm Derw Ambulance Trust')).toBeNull();
  expect(await faults()).toEqual([]);
  await userEvent.click(screen.getByLabelText('Cwm Derw Fire and Rescue'));
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await userEvent.click(await screen.findByLabelText('Home fire safety visit'));
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await userEvent.click(await screen.findByLabelText('Name'));
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await userEvent.click(await screen.findByLabelText('Only in an emergency'));
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Share with Cwm Derw Fire and Rescue' })).toBeTruthy();
  expect(asked(shown, 'direct_review')).toMatchObject({ agency: fire.id, purpose: 'fire-safety-visit', paths: ['identity.name'], on_incident: true });
});
