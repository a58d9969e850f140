// Where an item's page leads back to: the list, or the request for which somebody came to write it down.
import { choose, useAsked } from '../../session/asked';
import { addressOf, go } from '../../session/route';
import { m } from '../../words/messages';

export interface WayBack {
  /** For the link at the top of the page. */
  link: { href: string; words: string };
  /** Once it is done. */
  take: () => void;
}

export function useWayBack(path: string | null): WayBack {
  const asked = useAsked();
  const isForRequest = path !== null && asked?.outcome === null && asked.writing === path;
  const href = isForRequest ? addressOf('review') : addressOf('information');
  return {
    link: { href, words: isForRequest ? m.requests_back() : m.back_to({ page: m.nav_information() }) },
    take: () => {
      if (isForRequest) choose({ writing: null, ticks: { ...asked.ticks, [path]: true } });
      go(href);
    },
  };
}
