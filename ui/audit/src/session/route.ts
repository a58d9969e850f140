// Which page is open: the part of the address after the number sign, so that any server can serve the pages.
import { useSyncExternalStore } from 'react';

export const PAGES = ['overview', 'lists', 'grant', 'log', 'figures', 'duties'] as const;
export type PageName = (typeof PAGES)[number];

/** The page that the address names; the overview where it names none. */
export function useRoute(): PageName {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return PAGES.find((page) => addressOf(page) === hash) ?? 'overview';
}

/** A page's address. */
export function addressOf(page: PageName): string {
  return `#/${page}`;
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => {
    window.removeEventListener('hashchange', changed);
  };
}
