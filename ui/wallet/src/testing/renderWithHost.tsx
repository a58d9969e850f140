// Shows a part of the wallet over faked answers of the program, and looks for what axe can find.
import { render } from '@testing-library/react';
import type { RenderResult } from '@testing-library/react';
import type { QueryClient } from '@tanstack/react-query';
import axe from 'axe-core';
import type { ReactNode } from 'react';
// What is fetched once the door is painted is there from the start: no test waits for it.
import '../Pages';
import { reachThrough } from '../host/host';
import type { Answer, Ask, CommandName } from '../host/host';
import { Providers } from '../session/Providers';
import { newQueryClient } from '../session/ask';

/** For each command an answer, or a way to it; a thrown `{ code, field?, retryable }` is a refusal. */
export type Answers = {
  [C in CommandName]?: Answer<C> | ((ask: Ask<C>) => Answer<C> | Promise<Answer<C>>);
};

export interface Shown extends RenderResult {
  /** What was asked, in order. */
  asked: { command: CommandName; ask: unknown }[];
  /** What is kept of the answers. */
  client: QueryClient;
}

/** Shows it, in English unless the test chose before, at this address. */
export function renderWithHost(part: ReactNode, answers: Answers, at = '#/'): Shown {
  const asked: Shown['asked'] = [];
  reachThrough(async (command, ask) => {
    asked.push({ command, ask });
    const answer = answers[command];
    if (answer === undefined) throw new Error(`no answer to ${command} in this test`);
    return Promise.resolve(typeof answer === 'function' ? (answer as (ask: unknown) => unknown)(ask) : answer);
  });
  if (localStorage.getItem('PARAGLIDE_LOCALE') === null) localStorage.setItem('PARAGLIDE_LOCALE', 'en');
  window.location.hash = at;
  const client = newQueryClient();
  return { ...render(<Providers client={client}>{part}</Providers>), asked, client };
}

/** What axe finds. Colours are checked in a browser; jsdom paints nothing. */
export async function faults(page: Element = document.body): Promise<string[]> {
  const found = await axe.run(page, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return found.violations.map((fault) => `${fault.id}: ${fault.nodes[0]?.html ?? ''}`);
}

/** A refusal, as the program gives it. */
export function refuse(code: string, field?: string, retryable = false): () => Promise<never> {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the program refuses with plain objects
  return () => Promise.reject({ code, field, retryable });
}
