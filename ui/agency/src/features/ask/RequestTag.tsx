// What became of a request, in a word or two.
import { Tag, useFormat } from '@assent/shared';
import type { Tone } from '@assent/shared';
import type { RequestState, RequestView } from '../../host/types';
import { m } from '../../words/messages';

const TONES: Record<RequestState, Tone> = { open: 'calm', granted: 'good', declined: 'plain', expired: 'plain', closed: 'plain' };

/** Shows the state; a yes says how many. */
export function RequestTag({ request }: { request: RequestView }) {
  const format = useFormat();
  return <Tag tone={TONES[request.state]}>{stateWords(request, format.number)}</Tag>;
}

function stateWords({ state, granted }: RequestView, number: (value: number) => string): string {
  switch (state) {
    case 'open':
      return m.request_open();
    case 'granted':
      return granted.length > 1 ? m.request_granted_many({ count: number(granted.length) }) : m.request_granted();
    case 'declined':
      return m.request_declined();
    case 'expired':
      return m.request_expired();
    case 'closed':
      return m.request_closed();
  }
}
