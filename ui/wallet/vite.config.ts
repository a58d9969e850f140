// Builds the wallet's interface into dist/, which the program then carries inside it.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// What the window's own browser engine knows is left as it is written: two themes, and the way words run.
const NATIVE = ['chrome123', 'safari17.5', 'firefox120'];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { port: 5173, strictPort: true },
  // Files stay files: the content security policy allows no data: addresses.
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', cssTarget: NATIVE },
});
