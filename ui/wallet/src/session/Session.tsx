// Whether the wallet is there and open: asked every few seconds, since it locks by itself.
import { Loading } from '@assent/shared';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Failure } from '../frame/Answered';
import { call } from '../host/host';
import type { About, HostError } from '../host/host';
import { useTouch } from './touch';
import { WHY_LOCKED } from './whyLocked';

const EVERY_FEW_SECONDS = 4_000;

/** The first run: it goes on after the wallet was made, until the person has seen the words. */
export interface Setup {
  begin: () => void;
  end: () => void;
}

interface SessionProps {
  /** What is shown while it is locked, not there, or being set up. */
  before: (about: About, setup: Setup) => ReactNode;
  children: ReactNode;
}

export function Session({ before, children }: SessionProps) {
  const about = useAbout();
  const [isSettingUp, setIsSettingUp] = useState(false);
  if (about.error !== null || about.data === undefined)
    return (
      <main className="alone">
        {about.error === null ? <Loading /> : <Failure error={about.error} again={() => void about.refetch()} />}
      </main>
    );
  if (about.data.unlocked && !isSettingUp) return <Unlocked>{children}</Unlocked>;
  return before(about.data, {
    begin: () => {
      setIsSettingUp(true);
    },
    end: () => {
      setIsSettingUp(false);
    },
  });
}

/** What is known before anything is unlocked. */
export function useAbout(): UseQueryResult<About, HostError> {
  return useQuery<About, HostError>({
    queryKey: ['about', {}],
    queryFn: () => call('about', {}),
    refetchInterval: EVERY_FEW_SECONDS,
    refetchIntervalInBackground: true,
  });
}

function Unlocked({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  useTouch();
  useEffect(
    () => () => {
      // Nothing of what was shown stays behind a locked door.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'about' && queryKey[0] !== WHY_LOCKED[0] });
      client.getMutationCache().clear();
    },
    [client],
  );
  return children;
}
