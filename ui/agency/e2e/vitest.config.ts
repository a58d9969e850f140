// The console in a real browser, against the real processes. Run by `npm run e2e:agency` with the programs built:
// cargo build -p cli -p verifier. Pages that are not in the program yet are taken from agency/dist.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    environment: 'node',
    // One county at a time; debug builds seal their vaults slowly.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
