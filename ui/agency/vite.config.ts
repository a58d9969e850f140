// Builds the agency's console into dist/, which `assent agency serve` then carries inside it.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [react()],
  server: { port: 5175, strictPort: true },
  // Files stay files: the content security policy allows no data: addresses.
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022' },
});
