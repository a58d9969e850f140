// The wallet's interface in a real browser, over the same commands as in the window, with a real consent service
// behind it. Run by `npm run e2e` with the programs built:
// cargo build -p cli -p verifier -p devhost && npm run build:devhost --workspace wallet
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    environment: 'node',
    // One county at a time; debug builds seal their vaults slowly.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
