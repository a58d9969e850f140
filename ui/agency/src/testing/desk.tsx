// Shows the console over a server in memory: answers by route, and events sent by hand.
import { LanguageProvider } from '@assent/shared';
import { act, render } from '@testing-library/react';
import type { RenderResult } from '@testing-library/react';
import axe from 'axe-core';
import { vi } from 'vitest';
import { App } from '../App';
import { Host } from '../host/host';
import { ROUTES } from '../host/gen/routes';
import type { Code, Live, Routes } from '../host/types';
import { quiet } from './samples';

type Route = keyof Routes;
type AnswerTo<R extends Route> = Routes[R]['answer'] | No;

/** For each route an answer, or a way to it. */
export type Answers = { [R in Route]?: AnswerTo<R> | ((ask: Routes[R]['ask']) => AnswerTo<R>) };

/** A refusal with its code. */
export class No {
  readonly code: Code;
  readonly status: number;

  constructor(code: Code, status = 400) {
    this.code = code;
    this.status = status;
  }
}

/** One call that the page made. */
export interface Call {
  route: Route;
  ask: Record<string, unknown>;
  headers: Headers;
}

export interface Shown extends RenderResult {
  calls: Call[];
  /** Gives other answers from now on. */
  answer: (answers: Answers) => void;
  /** Sends an event. */
  tell: (live: Live) => void;
  /** Cuts the stream of events. */
  cut: () => void;
}

class FakeStream {
  static newest: FakeStream | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  isClosed = false;

  constructor() {
    FakeStream.newest = this;
    // The first event of a stream says how the line stands.
    queueMicrotask(() => {
      act(() => { this.onmessage?.({ data: JSON.stringify({ kind: 'line', connected: true, index: 7 }) }); });
    });
  }

  close() {
    this.isClosed = true;
  }
}

/** Shows the console at an address. */
export function show(answers: Answers = {}, at = ''): Shown {
  let given: Answers = { ...quiet, ...answers };
  const calls: Call[] = [];
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => Promise.resolve(respond(new URL(address), init, () => given, calls)));
  vi.stubGlobal('EventSource', FakeStream);
  if (localStorage.getItem('PARAGLIDE_LOCALE') === null) localStorage.setItem('PARAGLIDE_LOCALE', 'en');
  window.location.hash = at;
  const result = render(<LanguageProvider><App host={new Host('https://desk.example/')} /></LanguageProvider>);
  return {
    ...result,
    calls,
    answer: (next) => {
      given = { ...given, ...next };
    },
    tell: (live) => {
      act(() => { FakeStream.newest?.onmessage?.({ data: JSON.stringify(live) }); });
    },
    cut: () => {
      act(() => { FakeStream.newest?.onerror?.(); });
    },
  };
}

function respond(url: URL, init: RequestInit, answers: () => Answers, calls: Call[]): Response {
  const route = url.pathname.replace('/api/', '') as Route;
  const isPost = ROUTES[route].method === 'POST';
  const ask = (isPost ? JSON.parse(init.body as string) : Object.fromEntries(url.searchParams)) as Record<string, unknown>;
  calls.push({ route, ask, headers: new Headers(init.headers) });
  const answer = answers()[route] as unknown;
  if (answer === undefined) throw new Error(`no answer to ${route} in this test`);
  const found: unknown = typeof answer === 'function' ? (answer as (ask: unknown) => unknown)(ask) : answer;
  if (found instanceof No) {
    return Response.json({ code: found.code, retryable: false }, { status: found.status });
  }
  return found instanceof Blob ? new Response('a file') : Response.json(found);
}

/** What axe finds. Colours are checked in a browser; jsdom paints nothing. */
export async function faults(page: Element = document.body): Promise<string[]> {
  const found = await axe.run(page, { rules: { 'color-contrast': { enabled: false } } });
  return found.violations.map((fault) => `${fault.id}: ${fault.nodes[0]?.html ?? ''}`);
}

/** Gives the virtual table room: jsdom lays nothing out. */
export function withRoom(pixels: number): void {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(pixels);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(900);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(68);
}
