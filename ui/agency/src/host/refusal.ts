// Why the console's server said no, as a code; the words are the interface's.
import type { ApiError, Code } from './types';

/** Codes of this page's own, beside the server's: no answer at all, or nothing to ask with. */
export type RefusalCode =
  | Code
  | 'desk_unreachable'
  | 'passkey_cancelled'
  | 'sign_in_empty'
  | 'provider_refused'
  | 'provider_unavailable'
  | 'draft_purposes'
  | 'draft_items'
  | 'draft_notice'
  | 'token_missing'
  | 'scan_no_camera'
  | 'file_too_large';

/** A refusal with its code (RFC 9457), the field that it is about, and the seconds to wait. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: RefusalCode;
  readonly field: string | null;
  readonly wait: number | null;

  constructor(code: RefusalCode, { field = null, wait = null }: { field?: string | null; wait?: number | null } = {}) {
    super(code);
    this.code = code;
    this.field = field;
    this.wait = wait;
  }

  /** The session is over: that is told by the page for it, not as an error. */
  get isSessionOver(): boolean {
    return this.code === 'signed_out';
  }
}

/** The refusal behind a failed answer; what cannot be read is `internal`. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const body = (await response.json().catch(() => null)) as Partial<ApiError> | null;
  return new Refusal(body?.code ?? 'internal', { field: body?.field ?? null, wait: body?.wait ?? null });
}
