// Each test starts with an empty page, an empty store and no host.
import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(() => {
  cleanup();
  clearMocks();
  localStorage.clear();
  window.location.hash = '';
});

// jsdom has no room to scroll in.
window.scrollTo = vi.fn();

// jsdom knows no style sheets; the ids of react-aria need no escaping.
vi.stubGlobal('CSS', { escape: (id: string) => id });
