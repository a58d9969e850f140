// My information: who sees what, the fields of each kind, removing, and a file that is brought in.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import { App } from '../../App';
import type { AttachPiece } from '../../host/host';
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
    expect(screen.getByText('Picture · 1.4 MB')).toBeTruthy();
    expect(screen.getAllByText('The front door')).toHaveLength(1);
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

  test('has in its fields what is there now, not what was kept from before', async () => {
    const group = data.sections.flatMap(({ items }) => items).filter(({ path }) => path === 'health.blood_group');
    let said = 'B+';
    const now = () => ({ sections: [{ id: 'health' as const, label: 'My health', items: group.map((item) => ({ ...item, value: said })) }] });
    renderWithHost(<App />, { ...answers, data_list: now }, '#/information');
    expect(await screen.findByText('B+')).toBeTruthy();
    said = 'O-';
    window.location.hash = at('health.blood_group');
    expect(await screen.findByLabelText('Blood group')).toHaveProperty('value', 'O-');
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

  test('that the program refuses keeps what was typed, and marks what cannot be right', async () => {
    renderWithHost(<App />, { ...answers, data_set: refuse('value', 'value') }, at('identity.birth_date'));
    const month = await screen.findByLabelText('Month');
    await userEvent.clear(month);
    await userEvent.type(month, '13');
    await press('Save');
    expect((await screen.findByRole('alert')).textContent).toContain('That does not fit here');
    expect(month).toHaveProperty('value', '13');
    const said = screen.getByText('There is no such date. Check the day, the month and the year.');
    for (const name of ['Day', 'Month', 'Year']) {
      const part = screen.getByLabelText(name);
      expect(part.getAttribute('aria-invalid')).toBe('true');
      expect(part.getAttribute('aria-describedby')?.split(' ')).toContain(said.id);
    }
    expect(await faults()).toEqual([]);
  });

  test('of several parts is marked where it cannot be right, and nowhere else', async () => {
    renderWithHost(<App />, { ...answers, data_set: refuse('value', 'value') }, at('people.carers'));
    await userEvent.type(await screen.findByLabelText('Name'), 'Non');
    await userEvent.type(screen.getByLabelText('Day'), '30');
    await userEvent.type(screen.getByLabelText('Month'), '2');
    await userEvent.type(screen.getByLabelText('Year'), '1960');
    await press('Save');
    await screen.findByRole('alert');
    expect(screen.getByLabelText('Year').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByLabelText('Name').getAttribute('aria-invalid')).toBeNull();
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

describe('a file that is kept', () => {
  const letter = (size = 5, type = 'application/pdf') => {
    const file = new File(['%PDF-'], 'GP_letter.pdf', { type });
    if (size !== 5) Object.defineProperty(file, 'size', { value: size });
    return file;
  };
  const kept: Answers = { ...answers, attachment_add: ({ from, size }) => ({ received: Math.min(size, from + 524_288), kept: from + 524_288 >= size }) };
  const choose = async (file: File) => {
    await userEvent.upload(await screen.findByLabelText(/^Choose (a|another) file/), file);
  };
  const pieces = (shown: ReturnType<typeof renderWithHost>) => shown.asked.filter(({ command }) => command === 'attachment_add').map(({ ask }) => ask as AttachPiece);

  test('is added under a name of its own, with the size that is allowed told before', async () => {
    const shown = renderWithHost(<App />, kept, '#/information');
    await userEvent.click(await screen.findByRole('link', { name: 'Add a file' }));
    expect(await screen.findByText('At most 20 MB: a PDF, a photograph or a text.')).toBeTruthy();
    await choose(letter());
    expect(screen.getByLabelText(/^What it is/)).toHaveProperty('value', 'GP letter');
    expect(await faults()).toEqual([]);
    await press('Save');
    expect(await screen.findByText('Saved: GP letter')).toBeTruthy();
    expect(pieces(shown)).toEqual([
      { path: 'documents.gp-letter', title: 'GP letter', media_type: 'application/pdf', size: 5, from: 0, piece: btoa('%PDF-') },
    ]);
  });

  test('goes in by pieces, and how far is told', async () => {
    const large = new File([new Uint8Array(530_000)], 'scan.png', { type: 'image/png' });
    let go: () => void = () => undefined;
    const held = new Promise<void>((done) => { go = done; });
    const shown = renderWithHost(<App />, {
      ...answers,
      attachment_add: async ({ from, size }) => {
        if (from > 0) await held;
        return { received: Math.min(size, from + 524_288), kept: from + 524_288 >= size };
      },
    }, '#/information/add-file');
    await choose(large);
    await press('Save');
    const progress = await screen.findByRole('progressbar');
    await waitFor(() => { expect(progress.getAttribute('aria-valuetext')).toBe('524 kB of 530 kB'); });
    expect(await faults()).toEqual([]);
    go();
    await screen.findByText('Saved: scan');
    expect(pieces(shown).map(({ from }) => from)).toEqual([0, 524_288]);
  });

  test.each([
    [letter(0), 'This file is empty. Choose another.'],
    [letter(32_000_000), /^This file has 32 MB\. The most is 20 MB\./],
  ])('is refused before anything is read of it: %#', async (file, words) => {
    const shown = renderWithHost(<App />, kept, '#/information/add-file');
    await choose(file);
    expect(await screen.findByText(words)).toBeTruthy();
    await press('Save');
    expect(pieces(shown)).toEqual([]);
    expect(await faults()).toEqual([]);
  });

  test('that cannot be read changes nothing and can be chosen again', async () => {
    const shown = renderWithHost(<App />, kept, at('documents.door'));
    const file = letter();
    file.slice = () => { throw new DOMException('gone', 'NotReadableError'); };
    await choose(file);
    await press('Save');
    expect(await screen.findByText(/^The file could not be read\. Nothing has changed\./)).toBeTruthy();
    expect(pieces(shown)).toEqual([]);
    await choose(letter());
    expect(screen.queryByText(/could not be read/)).toBeNull();
    await press('Save');
    await waitFor(() => { expect(pieces(shown)).toMatchObject([{ path: 'documents.door', title: 'The front door' }]); });
  });

  test('is refused by the program in words, at its field', async () => {
    renderWithHost(<App />, { ...answers, attachment_add: refuse('attachment_cut', 'file') }, '#/information/add-file');
    await choose(letter());
    await press('Save');
    expect(await screen.findByText(/did not arrive whole.*Choose the file again/)).toBeTruthy();
  });

  test('is shown with its kind, size and who can see it; named anew, and saved as a copy', async () => {
    const shown = renderWithHost(<App />, { ...kept, attachment_save: { path: '/home/mared/assent-door.jpg' } }, at('documents.door'));
    expect(await screen.findByRole('heading', { level: 1, name: 'The front door' })).toBeTruthy();
    expect(screen.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual(['Picture', '1.4 MB']);
    expect(screen.getByRole('link', { name: 'Cwm Derw Council' })).toBeTruthy();
    expect(await faults()).toEqual([]);
    await press('Save a copy');
    expect(await screen.findByText('/home/mared/assent-door.jpg')).toBeTruthy();
    await userEvent.clear(screen.getByLabelText(/^What it is/));
    await userEvent.type(screen.getByLabelText(/^What it is/), 'Back door');
    await press('Save');
    await waitFor(() => {
      expect(written(shown)).toMatchObject({ path: 'documents.door', value: { title: 'Back door', digest: 'sha-256:x' } });
    });
  });

  test('that an agency asks for is added at the name it asked for', async () => {
    const shown = renderWithHost(<App />, kept, at('documents.care-plan'));
    expect(await screen.findByText('An agency asks for a file under the name “care-plan”')).toBeTruthy();
    await choose(letter());
    await press('Save');
    await waitFor(() => { expect(pieces(shown)).toMatchObject([{ path: 'documents.care-plan' }]); });
  });
});
