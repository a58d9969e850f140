// Which page is open: the part of the address after the number sign, so that any path can serve the console.
import { useSyncExternalStore } from 'react';
import { ROUTES } from '../host/gen/routes';
import type { Role } from '../host/types';

/** The parts of the console. */
export const SECTIONS = ['ask', 'consents', 'control', 'check', 'officer', 'admin', 'account'] as const;
export type Section = (typeof SECTIONS)[number];

/** What each part first asks the server; who may not ask that has nothing to see there. */
const ASKS = {
  ask: 'requests',
  consents: 'consents',
  control: 'incident/declare',
  check: 'check',
  officer: 'processing',
  admin: 'users',
} as const satisfies Partial<Record<Section, keyof typeof ROUTES>>;

/** The parts that roles open, as the navigation names them; one's own account is reached from one's name. */
export function sectionsOf(roles: readonly Role[]): Section[] {
  const order: Section[] = ['control', 'ask', 'consents', 'check', 'officer', 'admin'];
  return order.filter((section) => ROUTES[ASKS[section as keyof typeof ASKS]].roles.some((role) => roles.includes(role)));
}

/** A page: its part, and what it is about, where it is about something. */
export interface Route {
  section: Section;
  rest: readonly string[];
}

/** The page that the address names, or null where it names none. */
export function useRoute(): Route | null {
  return parse(useSyncExternalStore(subscribe, () => window.location.hash));
}

/** A page's address. */
export function addressOf(section: Section, ...rest: readonly string[]): string {
  return `#/${[section, ...rest.map(encodeURIComponent)].join('/')}`;
}

/** Goes to a page. */
export function go(section: Section, ...rest: readonly string[]): void {
  window.location.hash = addressOf(section, ...rest);
}

/** Reads an address. */
export function parse(hash: string): Route | null {
  const [first, ...rest] = hash.replace(/^#\//, '').split('/').filter((part) => part !== '');
  const section = SECTIONS.find((each) => each === first);
  return section === undefined ? null : { section, rest: rest.map(decoded) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => {
    window.removeEventListener('hashchange', changed);
  };
}
