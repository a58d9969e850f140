// The way to the test host (tests/devhost). It is built in only by `vite build --mode devhost`, never shipped.
import type { Transport } from './host';

export const http: Transport = async (command, ask) => {
  const response = await fetch(`/command/${command}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ask),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw answer;
  return answer;
};
