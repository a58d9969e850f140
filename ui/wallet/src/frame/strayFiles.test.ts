import { expect, test } from 'vitest';
import { refuseStrayFiles } from './strayFiles';

/** A drag of something over the page, and what the page says to it. */
function drag(name: string, types: string[]): { event: Event; dataTransfer: { dropEffect: string } } {
  const dataTransfer = { types, dropEffect: 'copy' };
  const event = Object.assign(new Event(name, { bubbles: true, cancelable: true }), { dataTransfer });
  document.body.dispatchEvent(event);
  return { event, dataTransfer };
}

test('a file is refused where nothing takes it, and nothing else is touched', () => {
  refuseStrayFiles();
  for (const name of ['dragover', 'drop']) {
    const stray = drag(name, ['Files']);
    expect(stray.event.defaultPrevented).toBe(true);
    expect(stray.dataTransfer.dropEffect).toBe('none');
    expect(drag(name, ['text/plain']).event.defaultPrevented).toBe(false);
  }
  document.addEventListener('dragover', (event) => { event.preventDefault(); }, { once: true });
  expect(drag('dragover', ['Files']).dataTransfer.dropEffect).toBe('copy');
});
