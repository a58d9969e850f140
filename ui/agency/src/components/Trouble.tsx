// What went wrong and what to do, from a refusal's code.
import { ErrorSummary, useLanguage } from '@assent/shared';
import { Refusal } from '../host/refusal';
import { m } from '../words/messages';
import { TROUBLE } from './troubleWords';

/** Shows an error, where there is one. A session that is over is told elsewhere. */
export function Trouble({ error }: { error: unknown }) {
  useLanguage();
  if (error === null || error === undefined) return null;
  if (error instanceof Refusal && error.isSessionOver) return null;
  const [happened, todo] = TROUBLE[error instanceof Refusal ? error.code : 'internal'];
  return <ErrorSummary heading={m.problem()} happened={happened()} todo={todo()} />;
}
