// Seconds that go down, from what the program said last; only the program says that they are over.
import { useEffect, useState } from 'react';

/** The seconds that are left. `ask` asks the program once more, which ends with another number told here. */
export function useCountdown(told: number, ask: () => Promise<void>): number {
  const [state, setState] = useState({ told, left: told });
  if (state.told !== told) setState({ told, left: told });
  useEffect(() => {
    if (state.left === 0) return;
    const timer = setTimeout(() => {
      if (state.left === 1) void ask();
      // A new object even at one: then this is done again until the program says zero.
      setState((before) => ({ ...before, left: Math.max(1, before.left - 1) }));
    }, 1_000);
    return () => {
      clearTimeout(timer);
    };
  }, [state, ask]);
  return state.left;
}
