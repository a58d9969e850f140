// What the person is answering: where it came from and what they chose so far. It outlives a visit to another
// page, and holds nothing that they wrote down; what they read is fetched anew.
import { useSyncExternalStore } from 'react';
import type { DeclinedView, DirectRequest, Granted } from '../host/host';

export type Source =
  | { kind: 'request'; request: string }
  | { kind: 'direct'; ask: Omit<DirectRequest, 'lang'> }
  | { kind: 'offer'; offer: string };

/** What became of it. */
export type Outcome =
  | { kind: 'granted'; agency: string; endsAt: number; granted: Granted }
  | { kind: 'declined'; agency: string; declined: DeclinedView };

export interface Asked {
  source: Source;
  outcome: Outcome | null;
  /** What was unticked and ticked by hand, by path; the others are as they were proposed. */
  ticks: Readonly<Record<string, boolean>>;
  /** A sooner end, in seconds. */
  endsAt: number | null;
  /** The item that they left to write down; once that is done they come back. */
  writing: string | null;
}

let asked: Asked | null = null;
const listeners = new Set<() => void>();

/** Begins an answer; one that was begun before is forgotten. */
export function ask(source: Source): void {
  change({ source, outcome: null, ticks: {}, endsAt: null, writing: null });
}

export function choose(choice: Partial<Omit<Asked, 'source'>>): void {
  if (asked !== null) change({ ...asked, ...choice });
}

export function forget(): void {
  change(null);
}

/** What is being answered; nothing where nothing is. */
export function useAsked(): Asked | null {
  return useSyncExternalStore(subscribe, () => asked);
}

function change(next: Asked | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
