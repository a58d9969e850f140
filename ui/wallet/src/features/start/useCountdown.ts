// Seconds that go down to zero, from what the program said last.
import { useEffect, useState } from 'react';

/** The seconds that are left. */
export function useCountdown(told: number): number {
  const [state, setState] = useState({ told, left: told });
  // What the program says counts; between two answers the seconds are counted here.
  if (state.told !== told) setState({ told, left: told });
  const isOver = state.left === 0;
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => {
      setState((before) => ({ ...before, left: Math.max(0, before.left - 1) }));
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, [isOver]);
  return state.left;
}
