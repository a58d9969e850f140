// Square codes and request files.
import encodeQR from 'qr';
import { expect, test } from 'vitest';
import { readCode, readFile } from './code';

/** A code as a camera would see it: dark on light, some pixels a module, with a margin. */
function pictured(text: string) {
  const modules = encodeQR(text, 'raw', { ecc: 'low', border: 4 });
  const scale = 4;
  const side = modules.length * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      if (modules[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true) data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
    }
  }
  return { width: side, height: side, data };
}

test('a code is read as it was written', () => {
  const link = `assent://authorize?client_id=https%3A%2F%2Ffire.example&request=${'a'.repeat(800)}`;
  expect(readCode(pictured(link))).toBe(link);
});

test('a picture without a code has none', () => {
  expect(readCode({ width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4).fill(200) })).toBeNull();
});

test('a file holds a request, nothing, or too much', async () => {
  expect(await readFile(new File([' a.b.c\n'], 'request.jwt'))).toEqual({ kind: 'found', text: 'a.b.c' });
  expect(await readFile(new File(['  '], 'empty.txt'))).toEqual({ kind: 'no_code' });
  expect(await readFile(new File(['x'.repeat(70_000)], 'large.txt'))).toEqual({ kind: 'too_large' });
  expect(await readFile(new File([new Uint8Array(10)], 'broken.png', { type: 'image/png' }))).toEqual({ kind: 'no_code' });
});
