// Light or dark, and how large the words are: chosen here, else as the computer has it.
import { useCallback, useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const TEXT_SIZES = ['100', '125', '150', '200'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

const KEYS = { theme: 'assent-theme', text: 'assent-text' } as const;
const listeners = new Set<() => void>();

/** Applies what was chosen before. Call it once, before the first page is drawn. */
export function applyLooks(): void {
  const root = document.documentElement;
  root.dataset.theme = read('theme', THEMES);
  root.dataset.text = read('text', TEXT_SIZES);
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  return useLook('theme', THEMES);
}

export function useTextSize(): [TextSize, (size: TextSize) => void] {
  return useLook('text', TEXT_SIZES);
}

function useLook<V extends string>(name: keyof typeof KEYS, all: readonly [V, ...V[]]): [V, (value: V) => void] {
  const value = useSyncExternalStore(subscribe, () => read(name, all));
  const choose = useCallback((next: V) => {
    localStorage.setItem(KEYS[name], next);
    applyLooks();
    for (const listener of listeners) listener();
  }, [name]);
  return [value, choose];
}

function read<V extends string>(name: keyof typeof KEYS, all: readonly [V, ...V[]]): V {
  const kept = localStorage.getItem(KEYS[name]);
  return all.find((each) => each === kept) ?? all[0];
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
