// Tells the program that somebody is there, so that it does not lock under their hands.
import { useEffect } from 'react';
import { call } from '../host/host';

const AT_MOST_EVERY = 15_000;
const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

/** While it is mounted, each sign of life is passed on, but not more often than needed. */
export function useTouch(): void {
  useEffect(() => {
    let told = 0;
    const touched = () => {
      const now = Date.now();
      if (now - told < AT_MOST_EVERY) return;
      told = now;
      // Where it is locked already, the next look at it shows so.
      call('touch', {}).catch(() => undefined);
    };
    for (const sign of SIGNS) window.addEventListener(sign, touched, { passive: true });
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, touched);
    };
  }, []);
}
