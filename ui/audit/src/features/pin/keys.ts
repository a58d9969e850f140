// Whether what was typed are keys that may be pinned.
import type { VerifierKey } from '../../log/note';
import { parseVerifierKey } from '../../log/note';
import { Refusal } from '../../log/refusal';

/** Whether it is a key that signs checkpoints. */
export function isLogKey(text: string): boolean {
  return read(text.trim())?.kind === 'ed25519';
}

/** Whether every line is a key that cosigns. */
export function witnessesHold(text: string): boolean {
  return linesOf(text).every((line) => read(line)?.kind === 'cosignature');
}

/** The lines that are not empty. */
export function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

function read(vkey: string): VerifierKey | null {
  try {
    return parseVerifierKey(vkey);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
