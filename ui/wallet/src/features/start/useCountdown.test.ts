import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useCountdown } from './useCountdown';

beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });

const aSecond = () => act(async () => { await vi.advanceTimersByTimeAsync(1_000); });

test('the seconds go down, and the program alone ends them', async () => {
  const ask = vi.fn(async () => {});
  const { result, rerender } = renderHook(({ told }) => useCountdown(told, ask), { initialProps: { told: 2 } });
  expect(result.current).toBe(2);
  await aSecond();
  expect(result.current).toBe(1);
  expect(ask).not.toHaveBeenCalled();
  // The program's clock may be behind this one: it is asked until it says zero.
  for (const times of [1, 2]) {
    await aSecond();
    expect(result.current).toBe(1);
    expect(ask).toHaveBeenCalledTimes(times);
  }
  rerender({ told: 0 });
  expect(result.current).toBe(0);
  // The next wait counts anew, however long the last was.
  rerender({ told: 2 });
  expect(result.current).toBe(2);
});
