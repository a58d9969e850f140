// What comes back from the program is an answer or a refusal with a code, whatever it was.
import { expect, test } from 'vitest';
import { HostError, call, reachThrough } from './host';

const refusalOf = async (answer: unknown): Promise<unknown> => {
  reachThrough(() => Promise.reject(answer));
  return call('overview', {}).catch((error: unknown) => error);
};

test('a refusal keeps its code, its field and whether to try again', async () => {
  expect(await refusalOf({ code: 'too_soon', field: 'passphrase', retryable: true })).toEqual(
    new HostError('too_soon', 'passphrase', true),
  );
});

test.each([['a text'], [null], [{ code: 'from_the_future', retryable: true }], [new Error('broken')]])(
  'what is no refusal of ours is unknown: %j',
  async (answer) => {
    expect(await refusalOf(answer)).toMatchObject({ code: 'unknown', field: null });
  },
);
