// What a question answered, or that the answer is not there yet, or why it will not come.
import { Button, Loading, useLanguage } from '@assent/shared';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { m } from '../words/messages';
import { Trouble } from './Trouble';

/** Shows the answer once it is there. */
export function Loaded<T>({ query, children }: { query: UseQueryResult<T>; children: (answer: T) => ReactNode }) {
  useLanguage();
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) {
    return (
      <div className="stack">
        <Trouble error={query.error} />
        <Button onPress={() => void query.refetch()}>{m.again()}</Button>
      </div>
    );
  }
  return <Loading />;
}
