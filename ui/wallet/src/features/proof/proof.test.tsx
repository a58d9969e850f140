// The check of a consent's proofs, over faked answers of the program.
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { App } from '../../App';
import { faults, refuse, renderWithHost } from '../../testing/renderWithHost';
import type { Answers } from '../../testing/renderWithHost';
import { peace } from '../../testing/samples';
import { grant, grants, proof } from '../../testing/sharingSamples';

const show = (answers: Answers) => renderWithHost(<App />, { ...peace, grants_list: grants(grant), ...answers }, '#/sharing/g1/proof');

test('what holds is told in plain words, with the details folded', async () => {
  show({ proof_check: proof });
  expect(await screen.findByText('Everything holds')).toBeTruthy();
  expect(screen.getByText('Details for an expert').closest('details')?.open).toBe(false);
  expect(screen.getByText('c2sp.org/tlog-proof@v1')).toBeTruthy();
  expect(await faults()).toEqual([]);
});

test('one proof that does not hold is an alarm, whatever the others say', async () => {
  const [act] = proof.acts;
  if (act === undefined) throw new Error('the sample has an act');
  show({ proof_check: { ...proof, acts: [act, { ...act, index: 5, what: 'revoke', holds: false, log: null }] } });
  expect((await screen.findByRole('alert')).textContent).toContain('A proof does not hold');
  expect(screen.queryByText('Everything holds')).toBeNull();
  expect(await faults()).toEqual([]);
});

test('what was not sent has no proof yet', async () => {
  show({ proof_check: { ...proof, acts: [] } });
  expect(await screen.findByText('There is no proof yet')).toBeTruthy();
  expect(screen.queryByText('Everything holds')).toBeNull();
});

test('what cannot be checked is not said to hold', async () => {
  show({ proof_check: refuse('no_verifier') });
  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(screen.queryByText('Everything holds')).toBeNull();
});
