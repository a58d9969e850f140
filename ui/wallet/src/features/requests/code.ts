// Square codes and request files, from pictures, files and the camera's frames. Everything stays on this device.
import decodeQR from 'qr/decode.js';

/** A request is at most 8 KiB, as a file with white space around it hardly more. */
const LARGEST_TEXT = 64 * 1024;
/** No camera's picture is larger. */
const LARGEST_PICTURE = 40 * 1024 * 1024;
/** Pixels along the longer side: a phone's full picture only makes the search slow. */
const LONGEST_SIDE = 1600;

export type Found = { kind: 'found'; text: string } | { kind: 'no_code' } | { kind: 'too_large' };

/** What is in a file that was chosen, pasted or dropped. */
export async function readFile(file: File): Promise<Found> {
  if (file.type.startsWith('image/')) {
    return file.size > LARGEST_PICTURE ? { kind: 'too_large' } : found(await readPicture(file));
  }
  return file.size > LARGEST_TEXT ? { kind: 'too_large' } : found((await file.text()).trim());
}

/** The text of the square code in these pixels. */
export function readCode(pixels: Pick<ImageData, 'width' | 'height' | 'data'>): string | null {
  try {
    return decodeQR(pixels);
  } catch {
    return null;
  }
}

/** The pixels of whatever can be drawn. */
export function pixelsOf(picture: CanvasImageSource, width: number, height: number): ImageData | null {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || canvas.width === 0 || canvas.height === 0) return null;
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

async function readPicture(file: File): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file);
    const pixels = pixelsOf(picture, picture.width, picture.height);
    picture.close();
    return pixels === null ? null : readCode(pixels);
  } catch {
    return null;
  }
}

function found(text: string | null): Found {
  return text === null || text === '' ? { kind: 'no_code' } : { kind: 'found', text };
}

/** Whether this device has a camera that a page may ask for. */
export async function hasCamera(): Promise<boolean> {
  // What the types promise is missing where the page is not trusted, and in some windows.
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (media === undefined) return false;
  try {
    return (await media.enumerateDevices()).some(({ kind }) => kind === 'videoinput');
  } catch {
    return false;
  }
}
