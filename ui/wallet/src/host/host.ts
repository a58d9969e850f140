// The one place that knows how to reach the program behind the window.
import { invoke } from '@tauri-apps/api/core';

/** What the program says of itself: `src-tauri/src/app_info.rs`. */
export interface AppInfo {
  /** As in `0.1.0`. */
  version: string;
  /** Where the vault file is, or will be once it is made. */
  vault_file: string;
  vault_exists: boolean;
}

/** Every code the program answers with; `unknown` stands for an answer without one. */
export type HostErrorCode = 'no_home_folder' | 'unknown';

/** A command's refusal: a code to choose words by, and whether to try again. */
export class HostError extends Error {
  constructor(
    readonly code: HostErrorCode,
    readonly retryable: boolean,
  ) {
    super(code);
    this.name = 'HostError';
  }
}

/** Asks the program for its version and the place of the vault file. Rejects with a HostError. */
export async function appInfo(): Promise<AppInfo> {
  try {
    return await invoke<AppInfo>('app_info');
  } catch (answer) {
    throw toHostError(answer);
  }
}

function toHostError(answer: unknown): HostError {
  if (typeof answer !== 'object' || answer === null) return new HostError('unknown', false);
  const { code, retryable } = answer as { code?: unknown; retryable?: unknown };
  const known = code === 'no_home_folder' ? code : 'unknown';
  return new HostError(known, retryable === true);
}
