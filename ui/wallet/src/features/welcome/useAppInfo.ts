// Asks the program about itself once, when the page opens.
import { useEffect, useState } from 'react';
import { appInfo, HostError } from '../../host/host';
import type { AppInfo, HostErrorCode } from '../../host/host';

export type AppInfoState =
  | { kind: 'asking' }
  | { kind: 'known'; info: AppInfo }
  | { kind: 'failed'; code: HostErrorCode };

/** The answer, or that it is awaited, or the code of why there is none. */
export function useAppInfo(): AppInfoState {
  const [state, setState] = useState<AppInfoState>({ kind: 'asking' });
  useEffect(() => {
    let open = true;
    const show = (next: AppInfoState) => {
      if (open) setState(next);
    };
    appInfo().then(
      (info) => {
        show({ kind: 'known', info });
      },
      (error: unknown) => {
        show({ kind: 'failed', code: error instanceof HostError ? error.code : 'unknown' });
      },
    );
    return () => {
      open = false;
    };
  }, []);
  return state;
}
