// Whether somebody is at the desk: what the page asks by itself must not keep a session alive.

/** Milliseconds after the last key or pointer for which somebody counts as being there. */
const ATTENTION = 20_000;

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** Watches for signs of somebody until it is stopped. */
export function attention(): { isThere: () => boolean; stop: () => void } {
  let last = Date.now();
  const seen = () => {
    last = Date.now();
  };
  for (const sign of SIGNS) window.addEventListener(sign, seen, { passive: true });
  return {
    isThere: () => Date.now() - last < ATTENTION,
    stop: () => {
      for (const sign of SIGNS) window.removeEventListener(sign, seen);
    },
  };
}
