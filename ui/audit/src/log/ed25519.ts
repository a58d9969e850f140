// Ed25519 (RFC 8032) as strictly as the protocol asks: WebCrypto's verdict, and no key and no R that is not
// canonical or is of small order, and no s above the group's order, where browsers differ.
import type { Bytes } from './bytes';

const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const ORDER_EIGHT_Y = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
/** The y of the eight points of small order: that of order 1, 2 and 4, and the two of order 8, either sign of x. */
const SMALL_ORDER_Y = new Set([1n, P - 1n, 0n, ORDER_EIGHT_Y, P - ORDER_EIGHT_Y]);

/** Whether these 32 bytes may be a key or an R: y below the field's prime, and a point of large order. */
export function isStrongPoint(point: Uint8Array): boolean {
  const y = littleEndian(point) & (2n ** 255n - 1n);
  return point.length === 32 && y < P && !SMALL_ORDER_Y.has(y);
}

/** A public key that WebCrypto took, or null where it is not one that may verify. */
export async function importKey(key: Bytes): Promise<CryptoKey | null> {
  if (!isStrongPoint(key)) return null;
  return crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']).catch(() => null);
}

/** Whether the key signed the message. */
export async function verify(key: Bytes, message: Bytes, signature: Bytes): Promise<boolean> {
  if (signature.length !== 64 || !isStrongPoint(signature.subarray(0, 32))) return false;
  if (littleEndian(signature.subarray(32)) >= L) return false;
  const imported = await importKey(key);
  if (imported === null) return false;
  return crypto.subtle.verify('Ed25519', imported, signature, message).catch(() => false);
}

/** Whether this browser can check signatures here: not on an address without TLS, nor when it is too old. */
export async function isAvailable(): Promise<boolean> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (subtle === undefined) return false;
  // The public key of RFC 8032, section 7.1, test 1.
  const known = [0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64, 0x07, 0x3a];
  const rest = [0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68, 0xf7, 0x07, 0x51, 0x1a];
  return (await importKey(Uint8Array.from([...known, ...rest]))) !== null;
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}
