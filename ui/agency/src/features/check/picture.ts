// Reading a QR code from a picture or a camera's frame.
import { decodeQR } from 'qr/decode.js';

/** A side longer than this is made smaller first: a code needs no more, and the page stays quick. */
const LONGEST_SIDE = 1600;

/** The text of the code in a picture, or null where there is none. */
export async function codeInPicture(file: Blob): Promise<string | null> {
  const bitmap = await createImageBitmap(file).catch(() => null);
  return bitmap === null ? null : codeIn(bitmap, bitmap.width, bitmap.height);
}

/** The text of the code that stands in a frame now, or null. */
export function codeIn(frame: CanvasImageSource, width: number, height: number): string | null {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.round(width * scale), Math.round(height * scale)];
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  if (brush === null || canvas.width === 0 || canvas.height === 0) return null;
  brush.drawImage(frame, 0, 0, canvas.width, canvas.height);
  const { data } = brush.getImageData(0, 0, canvas.width, canvas.height);
  try {
    return decodeQR({ width: canvas.width, height: canvas.height, data });
  } catch {
    // No code in this frame.
    return null;
  }
}
