// The rows that are on the screen, out of as many as were found: fetched in pages, as they are scrolled to.
import { useQueries } from '@tanstack/react-query';
import type { ConsentPage, ConsentRow, FindConsents } from '../../host/types';
import { useHost } from '../../session/session';

/** Rows in a page. */
export const PAGE = 100;

export type Find = Partial<FindConsents> & Pick<FindConsents, 'search' | 'order'>;

/** Answers a row by its place, or undefined while it is being fetched. */
export function useRows(find: Find, first: number, last: number): (index: number) => ConsentRow | undefined {
  const host = useHost();
  const [from, to] = [Math.floor(first / PAGE), Math.floor(last / PAGE)];
  const pages = Array.from({ length: Math.max(to - from + 1, 0) }, (_, at) => from + at);
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['consents', find, page],
      queryFn: () => host.ask('consents', { ...find, offset: page * PAGE, limit: PAGE }),
      placeholderData: (before: ConsentPage | undefined) => before,
    })),
  });
  return (index) => answers[Math.floor(index / PAGE) - from]?.data?.rows[index % PAGE];
}
