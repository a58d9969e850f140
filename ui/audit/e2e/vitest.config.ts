// The auditor's pages in a real browser, against a real verifier. Run by `npm run e2e` with the programs built:
// cargo build -p cli -p verifier --features verifier/audit-pages
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.e2e.ts'],
    environment: 'node',
    // One browser and one county for all; debug builds seal their vaults slowly.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
