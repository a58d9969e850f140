// Why nothing could be told, and what to do.
import { ErrorSummary, useLanguage } from '@assent/shared';
import type { Failure as Code } from '../session/session';
import { useAudit } from '../session/session';
import { m } from '../words/messages';
import { Forget } from './Forget';

/** Shows the failure, where there is one. */
export function Failure({ again }: { again: () => void }) {
  useLanguage();
  const { failure } = useAudit();
  if (failure === null) return null;
  const [happened, todo] = words(failure);
  return (
    <div className="stack">
      <ErrorSummary heading={m.problem()} happened={happened} todo={todo} />
      <button type="button" className="button" onClick={again}>
        {m.again()}
      </button>
      {failure === 'storage' && <Forget />}
    </div>
  );
}

function words(code: Code): [happened: string, todo: string] {
  switch (code) {
    case 'unreachable':
      return [m.error_unreachable(), m.error_unreachable_do()];
    case 'not_a_verifier':
      return [m.error_not_a_verifier(), m.error_not_a_verifier_do()];
    case 'no_crypto':
      return [m.error_no_crypto(), m.error_no_crypto_do()];
    case 'storage':
      return [m.error_storage(), m.error_storage_do()];
    case 'too_large':
      return [m.error_too_large(), m.error_too_large_do()];
    case 'unknown':
      return [m.error_unknown(), m.error_unknown_do()];
  }
}
