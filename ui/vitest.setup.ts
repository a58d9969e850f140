// Each test starts with an empty page, an empty store and no host.
import { clearMocks } from '@tauri-apps/api/mocks';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// A busy machine makes nothing wrong.
configure({ asyncUtilTimeout: 20_000 });

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
