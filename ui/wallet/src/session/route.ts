// Which page is open: the part of the address after the number sign, with what the page is about in it.
import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Every page and its address; a part that starts with a colon is what the page is about. */
export const PATHS = {
  home: '/',
  information: '/information',
  import: '/information/import',
  addDocument: '/information/add-file',
  item: '/information/item/:path',
  requests: '/requests',
  review: '/requests/review',
  share: '/share',
  sharing: '/sharing',
  stopAll: '/sharing/stop-all',
  grant: '/sharing/:grant',
  stop: '/sharing/:grant/stop',
  stopCircle: '/sharing/:grant/stop-circle',
  narrow: '/sharing/:grant/narrow',
  receipt: '/sharing/:grant/receipt',
  proof: '/sharing/:grant/proof',
  looked: '/looked',
  card: '/card',
  offers: '/offers',
  offer: '/offers/:offer',
  findings: '/findings',
  settings: '/settings',
  passphrase: '/settings/passphrase',
  phrase: '/settings/recovery-phrase',
  verifier: '/settings/verifier',
  remove: '/settings/delete-everything',
  more: '/more',
} as const;

export type PageName = keyof typeof PATHS;

type Parts<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Parts<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never;
/** What a page is about, by name. */
export type About<N extends PageName> = Record<Parts<(typeof PATHS)[N]>, string>;

/** The open page with what it is about. */
export type Route = { [N in PageName]: { name: N; about: About<N> } }[PageName];

/** The page that the address names; the first where it names none. */
export function useRoute(): Route {
  return parse(useSyncExternalStore(subscribe, () => window.location.hash));
}

/** A page's address, for links. */
export function addressOf<N extends PageName>(name: N, ...[about]: [keyof About<N>] extends [never] ? [] : [About<N>]): string {
  const filled = PATHS[name].replaceAll(/:(\w+)/g, (_, part: string) => encodeURIComponent((about as Record<string, string> | undefined)?.[part] ?? ''));
  return `#${filled}`;
}

/** Opens a page. */
export function go(address: string): void {
  window.location.hash = address;
}

/** Runs once when a page appears because the person moved to it, not when the window opens. */
export function useMoved(moved: () => void): void {
  const run = useRef(moved);
  useEffect(() => {
    if (hasMoved) run.current();
  }, []);
}

let hasMoved = false;

export function parse(hash: string): Route {
  const parts = hash.replace(/^#/, '').split('/');
  for (const [name, path] of Object.entries(PATHS)) {
    const about = match(path.split('/'), parts);
    if (about !== null) return { name, about } as Route;
  }
  return { name: 'home', about: {} };
}

function match(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const about: Record<string, string> = {};
  for (const [at, part] of parts.entries()) {
    const wanted = pattern[at] ?? '';
    if (!wanted.startsWith(':')) {
      if (wanted !== part) return null;
    } else if (part === '') return null;
    else about[wanted.slice(1)] = decode(part);
  }
  return about;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function subscribe(changed: () => void): () => void {
  const moved = () => {
    hasMoved = true;
    changed();
  };
  window.addEventListener('hashchange', moved);
  return () => {
    window.removeEventListener('hashchange', moved);
  };
}
