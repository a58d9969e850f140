// Why nothing could be told, and what to do.
import { Actions, Button, ErrorSummary, useLanguage } from '@assent/shared';
import type { Failure as Code } from '../session/task';
import { useAudit } from '../session/session';
import { m } from '../words/messages';
import { Forget } from './Forget';

/** Shows the failure, where there is one. */
export function Failure({ again }: { again: () => void }) {
  useLanguage();
  const { failure } = useAudit();
  if (failure === null) return null;
  return (
    <ErrorSummary key={failure} heading={m.problem()} {...failureWords(failure)}>
      <Actions>
        <Button icon="sync" onPress={again}>{m.again()}</Button>
        {failure === 'storage' && <Forget />}
      </Actions>
    </ErrorSummary>
  );
}

/** What happened, and what to do. */
export function failureWords(code: Code): { happened: string; todo: string } {
  switch (code) {
    case 'unreachable':
      return { happened: m.error_unreachable(), todo: m.error_unreachable_do() };
    case 'not_a_verifier':
      return { happened: m.error_not_a_verifier(), todo: m.error_not_a_verifier_do() };
    case 'not_admitted':
      return { happened: m.error_not_admitted(), todo: m.error_not_admitted_do() };
    case 'no_crypto':
      return { happened: m.error_no_crypto(), todo: m.error_no_crypto_do() };
    case 'storage':
      return { happened: m.error_storage(), todo: m.error_storage_do() };
    case 'too_large':
      return { happened: m.error_too_large(), todo: m.error_too_large_do() };
    case 'unknown':
      return { happened: m.error_unknown(), todo: m.error_unknown_do() };
  }
}
