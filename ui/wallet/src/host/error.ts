// A command's refusal: a code to choose words by, the field at fault, and whether the same may succeed later.
import { CODES } from './gen/commands';
import type { Code } from './gen/commands';

/** Why a command did nothing. */
export class HostError extends Error {
  constructor(
    readonly code: Code,
    readonly field: string | null = null,
    readonly retryable = false,
  ) {
    super(code);
    this.name = 'HostError';
  }
}

/** Reads whatever a transport threw; what is not an answer of ours is `unknown`. */
export function toHostError(answer: unknown): HostError {
  if (answer instanceof HostError) return answer;
  if (typeof answer !== 'object' || answer === null) return new HostError('unknown');
  const { code, field, retryable } = answer as Record<string, unknown>;
  const known = CODES.find((each) => each === code) ?? 'unknown';
  return new HostError(known, typeof field === 'string' ? field : null, retryable === true);
}
