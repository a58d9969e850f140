// Finding a token in what somebody gave: the token alone, or something that has it inside.

/** Three parts of base64url with dots between them (RFC 7515, compact serialization). */
const JWS = /[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/;

/** The token in a text; the text itself where there is none, so that the verdict says what it is. */
export function tokenIn(text: string): string {
  return JWS.exec(text)?.[0] ?? text.trim();
}
