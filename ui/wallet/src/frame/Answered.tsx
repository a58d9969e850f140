// What a page shows until it has its answer, and where it gets none.
import { Button, ErrorSummary, Loading } from '@assent/shared';
import type { ReactNode } from 'react';
import type { HostError } from '../host/host';
import type { Told } from '../session/ask';
import { wordsOf } from '../session/errors';
import { m } from '../words/messages';
import { m as shared } from '@assent/shared/words';

interface AnsweredProps<T> {
  query: Told<T>;
  children: (answer: T) => ReactNode;
}

/** Shows the answer; before it, that it is awaited; instead of it, why there is none. */
export function Answered<T>({ query, children }: AnsweredProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Failure error={query.error} again={() => void query.refetch()} />;
  return <Loading />;
}

interface FailureProps {
  error: HostError | null;
  again?: () => void;
}

/** A refusal in two lines, with a way to try again where that may help. */
export function Failure({ error, again }: FailureProps) {
  // Whoever closed a dialog knows that it is closed.
  if (error === null || error.code === 'cancelled') return null;
  return (
    <ErrorSummary key={error.code} heading={shared.problem()} {...wordsOf(error.code)}>
      {again !== undefined && error.retryable && <Button kind="second" icon="sync" onPress={again}>{m.try_again()}</Button>}
    </ErrorSummary>
  );
}

/** The words for the refusal where it is about this field. */
export function faultOf(error: HostError | null, field: string): string | null {
  if (error?.field !== field) return null;
  const { happened, todo } = wordsOf(error.code);
  return `${happened} ${todo}`;
}
