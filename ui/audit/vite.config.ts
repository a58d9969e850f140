// Builds the auditor's pages into dist/, which the verifier then carries inside it.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  // The pages stand below whatever address the verifier has.
  base: './',
  plugins: [react()],
  server: { port: 5174, strictPort: true },
  // Files stay files: the content security policy allows no data: addresses.
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022' },
});
