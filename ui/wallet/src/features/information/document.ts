// A file on its way into the wallet: which it may be, what it is called and kept at, and how it is read.
import type { AttachPiece } from '../../host/host';
import { base64Of } from '../../host/base64';

/** As the program has it: 20 MiB. What is told is a little less, and round. */
const MOST_BYTES = 20 * 1024 * 1024;
export const MOST_TOLD = 20_000_000;

/** Small enough for the progress to move, large enough to be quick. */
const PIECE_BYTES = 512 * 1024;

/** The endings that a person is offered first. */
export const ENDINGS = '.pdf,.jpg,.jpeg,.png,.webp,.heic,.txt,.docx,.odt';

/** Why a file cannot be taken. */
export type FileFault = 'empty' | 'too_large' | 'unreadable';

/** The file could not be read; nothing of it is kept. */
export class UnreadableFile extends Error {}

export function faultOfFile({ size }: File): FileFault | null {
  if (size === 0) return 'empty';
  return size > MOST_BYTES ? 'too_large' : null;
}

/** What a file is called before a person says so: its name without the ending that says its kind. */
export function titleOf({ name }: File): string {
  const ending = ENDINGS.split(',').find((each) => name.toLowerCase().endsWith(each)) ?? '';
  const bare = name.slice(0, name.length - ending.length).replaceAll('_', ' ').trim();
  return bare === '' ? name : bare;
}

/** A path of its own, from the title: `documents.gp-letter`, then `documents.gp-letter-2` and so on. */
export function newPath(title: string, taken: readonly string[]): string {
  const plain = title.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const name = plain.replaceAll(/[^a-z0-9]+/g, '-').slice(0, 56).replaceAll(/^-+|-+$/g, '') || 'document';
  const first = `documents.${name}`;
  if (!taken.includes(first)) return first;
  let number = 2;
  while (taken.includes(`${first}-${number.toString()}`)) number += 1;
  return `${first}-${number.toString()}`;
}

/** The pieces of a file, each read only when it is asked for. */
export async function* piecesOf(file: File, { path, title }: { path: string; title: string }): AsyncGenerator<AttachPiece> {
  const media_type = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(file.type) ? file.type : 'application/octet-stream';
  for (let from = 0; from < file.size; from += PIECE_BYTES) {
    yield { path, title, media_type, size: file.size, from, piece: await read(file, from) };
  }
}

async function read(file: File, from: number): Promise<string> {
  try {
    return await base64Of(file.slice(from, from + PIECE_BYTES));
  } catch {
    throw new UnreadableFile();
  }
}
