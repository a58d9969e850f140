// Builds the wallet's interface into dist/, which the program then carries inside it.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

// What the window's own browser engine knows is left as it is written: two themes, and the way words run.
const NATIVE = ['chrome123', 'safari17.5', 'firefox120'];

/**
 * The window freezes Object.prototype (`freezePrototype` in tauri.conf.json). What inherits from it cannot be
 * given a `constructor` or a `toString` by assignment any more, which d3's older modules do: they get a property
 * of their own first.
 */
const defined: Plugin = {
  name: 'defined-before-assigned',
  enforce: 'pre',
  transform: (code, id) =>
    /\/d3-(color|format)\//.test(id)
      ? code.replace(/(\w+(?:\.prototype)?)\.(constructor|toString) = /g, "Object.defineProperty($1, '$2', { writable: true }), $1.$2 = ")
      : null,
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), defined],
  server: { port: 5173, strictPort: true },
  // Files stay files: the content security policy allows no data: addresses.
  build: { outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022', cssTarget: NATIVE },
});
