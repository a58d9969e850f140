// My information: who sees what, the fields of each kind, removing, and a file that is brought in.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { App } from '../../App';
import { data } from '../../testing/informationSamples';
import { faults, refuse, renderWithHost } from '../../testing/renderWithHost';
import type { Answers } from '../../testing/renderWithHost';
import { peace } from '../../testing/samples';

const answers: Answers = { ...peace, data_list: data, data_set: {}, data_remove: {} };
const at = (path: string) => `#/information/item/${path}`;
const press = async (name: string) => {
  await userEvent.click(await screen.findByRole('button', { name }));
};

/** What was asked to be written down. */
const written = (shown: ReturnType<typeof renderWithHost>) => shown.asked.find(({ command }) => command === 'data_set')?.ask;

describe('the list', () => {
  test('says of each item who can see it, and what could be added', async () => {
    renderWithHost(<App />, answers, '#/information');
    expect(await screen.findByText('Cwm Derw Ambulance Trust and 1 more can see this')).toBeTruthy();
    expect(screen.getAllByText('Only you can see this').length).toBeGreaterThan(1);
    const add = screen.getByRole('list', { name: 'What you can add to My home' });
    expect(within(add).getAllByRole('link').map(({ textContent }) => textContent)).toEqual(['Getting in', 'Key safe']);
    expect(await faults()).toEqual([]);
  });

  test('is empty at first, and says how to begin', async () => {
    const empty = { sections: data.sections.map((section) => ({ ...section, items: section.items.map((each) => ({ ...each, value: null })) })) };
    renderWithHost(<App />, { ...answers, data_list: empty }, '#/information');
    expect(await screen.findByRole('heading', { name: 'Nothing is written down yet' })).toBeTruthy();
    expect(await faults()).toEqual([]);
  });

  test('that cannot be read says why', async () => {
    renderWithHost(<App />, { ...answers, data_list: refuse('storage', undefined, true) }, '#/information');
    expect((await screen.findByRole('alert')).textContent).toContain('The disk would not read or write');
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

describe('an item', () => {
  test('keeps what has no field, and drops what the change makes wrong', async () => {
    const shown = renderWithHost(<App />, answers, at('health.medication'));
    const first = await screen.findByRole('group', { name: 'Medicines: number 1' });
    await userEvent.clear(within(first).getByLabelText(/^How much/));
    await userEvent.type(within(first).getByLabelText(/^How much/), 'evenings');
    const second = screen.getByRole('group', { name: 'Medicines: number 2' });
    await userEvent.clear(within(second).getByLabelText('The medicine'));
    await userEvent.type(within(second).getByLabelText('The medicine'), 'Statin');
    expect(await faults()).toEqual([]);
    await press('Save');
    await waitFor(() => {
      expect(written(shown)).toEqual({
        path: 'health.medication',
        value: [{ text: 'Insulin', codings: [{ code: '1' }], dose: 'evenings' }, { text: 'Statin' }],
      });
    });
    expect(await screen.findByText('Saved: Medicines')).toBeTruthy();
  });

  test('of which something needed is missing is not sent', async () => {
    const shown = renderWithHost(<App />, answers, at('home.key_safe'));
    await userEvent.type(await screen.findByLabelText('Where the key safe is'), 'by the door');
    await press('Save');
    const summary = await screen.findByRole('alert');
    expect(summary.textContent).toContain('Something is missing');
    expect(screen.getByLabelText('The code that opens it').getAttribute('aria-invalid')).toBe('true');
    expect(written(shown)).toBeUndefined();
  });

  test('that the program refuses keeps what was typed', async () => {
    renderWithHost(<App />, { ...answers, data_set: refuse('value', 'value') }, at('identity.birth_date'));
    const month = await screen.findByLabelText('Month');
    await userEvent.clear(month);
    await userEvent.type(month, '13');
    await press('Save');
    expect((await screen.findByRole('alert')).textContent).toContain('That does not fit here');
    expect(month).toHaveProperty('value', '13');
    expect(await faults()).toEqual([]);
  });

  test('says that there is none, where somebody asked', async () => {
    const shown = renderWithHost(<App />, answers, at('health.allergies'));
    await userEvent.click(await screen.findByRole('checkbox', { name: 'I have no allergies that I know of' }));
    await press('Save');
    await waitFor(() => {
      expect(written(shown)).toMatchObject({ value: [{ absent: 'none-known' }] });
    });
  });

  test('with codes has a tick for each, and keeps how long it lasts', async () => {
    const shown = renderWithHost(<App />, answers, at('needs.power_dependent'));
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Dialysis' }));
    await userEvent.type(screen.getByLabelText(/^What helps with this: Dialysis/), 'at home');
    expect(await faults()).toEqual([]);
    await press('Save');
    await waitFor(() => {
      expect(written(shown)).toMatchObject({ value: [{ code: '04', until: '2030-01-01' }, { code: '03', note: 'at home' }] });
    });
  });

  test('is removed after one confirmation', async () => {
    const shown = renderWithHost(<App />, answers, at('identity.name'));
    await press('Remove');
    const question = await screen.findByRole('alertdialog');
    expect(question.textContent).toContain('What they read before, they may still have');
    expect(shown.asked.some(({ command }) => command === 'data_remove')).toBe(false);
    await userEvent.click(within(question).getByRole('button', { name: 'Remove' }));
    await waitFor(() => {
      expect(shown.asked.find(({ command }) => command === 'data_remove')?.ask).toEqual({ path: 'identity.name' });
    });
  });

  test('that is gone leads back to the list, also where the list is fresh at once', async () => {
    let isThere = true;
    const gone = { sections: data.sections.map((section) => ({ ...section, items: section.items.map((each) => (each.path === 'identity.name' ? { ...each, value: null } : each)) })) };
    renderWithHost(<App />, { ...answers, data_list: () => (isThere ? data : gone), data_remove: () => { isThere = false; return {}; } }, at('identity.name'));
    await press('Remove');
    await userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Remove' }));
    expect(await screen.findByRole('heading', { level: 1, name: 'My information' })).toBeTruthy();
    expect(screen.getByText('Removed: Name')).toBeTruthy();
  });

  test('says who can see it, and how', async () => {
    renderWithHost(<App />, answers, at('identity.name'));
    const link = await screen.findByRole('link', { name: 'Cwm Derw Ambulance Trust' });
    expect(link.getAttribute('href')).toBe('#/sharing/g1');
    expect(link.parentElement?.textContent).toContain('only in an emergency');
  });

  test('that is not there says so', async () => {
    renderWithHost(<App />, answers, at('nothing.here'));
    expect(await screen.findByRole('heading', { name: 'There is no such item' })).toBeTruthy();
  });
});

describe('a file', () => {
  const preview = {
    taken: [{ path: 'identity.name', label: 'Name', value: { text: 'Emrys' }, before: { text: 'Mared' } }],
    left_out: [{ place: 'Patient.active', what: 'true', why: 'This serves the file, not you.' }],
  };
  const file = new File(['BEGIN:VCARD'], 'emrys.vcf');

  test('is shown before it is written down, with what has no place', async () => {
    const shown = renderWithHost(<App />, { ...answers, data_preview: preview, data_import: preview }, '#/information/import');
    await userEvent.upload(await screen.findByLabelText('Choose a file, or drag it here'), file);
    expect(await screen.findByText('Replaces what is there')).toBeTruthy();
    expect(screen.getByRole('heading', { name: '1 thing is left out' })).toBeTruthy();
    expect(shown.asked.some(({ command }) => command === 'data_import')).toBe(false);
    expect(await faults()).toEqual([]);
    await press('Write this down');
    expect(await screen.findByText('1 thing was written down')).toBeTruthy();
    expect(shown.asked.find(({ command }) => command === 'data_import')?.ask).toEqual({ text: 'BEGIN:VCARD', lang: 'en' });
  });

  test('can be dragged there', async () => {
    renderWithHost(<App />, { ...answers, data_preview: preview }, '#/information/import');
    const place = (await screen.findByText('Choose a file, or drag it here')).parentElement;
    if (place === null) throw new Error('the label stands alone');
    fireEvent.drop(place, { dataTransfer: { files: [file] } });
    expect(await screen.findByText('emrys.vcf')).toBeTruthy();
    expect(await screen.findByText('Replaces what is there')).toBeTruthy();
  });

  test('of no known kind is refused at its field', async () => {
    renderWithHost(<App />, { ...answers, data_preview: refuse('import_unknown', 'file') }, '#/information/import');
    await userEvent.upload(await screen.findByLabelText('Choose a file, or drag it here'), file);
    expect((await screen.findByRole('alert')).textContent).toContain('does not know this kind of file');
    expect(screen.queryByRole('button', { name: 'Write this down' })).toBeNull();
  });
});
