// What happens meanwhile, as the server tells it: one stream of events for the whole console.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { listen } from '../host/stream';
import type { Live } from '../host/types';
import { useSession } from './session';

type Hear = (live: Live) => void;

interface LiveValue {
  isLive: boolean;
  listeners: Set<Hear>;
}

const LiveContext = createContext<LiveValue>({ isLive: false, listeners: new Set() });

/** Listens while somebody is signed in, and keeps what is shown up to date. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const { host, phase, look } = useSession();
  const queries = useQueryClient();
  const [isLive, setIsLive] = useState(false);
  const [listeners] = useState(() => new Set<Hear>());
  useEffect(() => {
    if (phase !== 'in') return;
    const hear = (live: Live) => {
      for (const listener of listeners) listener(live);
      if (live.kind === 'line') setIsLive(live.connected);
      if (live.kind === 'signed_out') void look();
      for (const queryKey of touched(live)) void queries.invalidateQueries({ queryKey });
    };
    const stop = listen(host.address('events', {}), {
      event: hear,
      lost: () => {
        hear({ kind: 'line', connected: false, index: null });
        void look();
      },
    });
    return () => {
      stop();
      setIsLive(false);
    };
  }, [host, phase, look, queries, listeners]);
  const value = useMemo(() => ({ isLive, listeners }), [isLive, listeners]);
  return <LiveContext value={value}>{children}</LiveContext>;
}

/** Whether the console hears of changes right now. What is not heard of may have been taken back. */
export function useIsLive(): boolean {
  return useContext(LiveContext).isLive;
}

/** Hears every event while the component is there. */
export function useLive(hear: Hear): void {
  const { listeners } = useContext(LiveContext);
  const newest = useRef(hear);
  useEffect(() => {
    newest.current = hear;
  });
  useEffect(() => {
    const listener = (live: Live) => { newest.current(live); };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [listeners]);
}

/** What an event makes old, as the beginnings of query keys. */
function touched(live: Live): readonly (readonly string[])[] {
  switch (live.kind) {
    case 'line':
      // Whatever happened while the line was cut.
      return live.connected ? [[]] : [];
    case 'consent':
      return [['consents'], ['consent', live.grant], ['incidents'], ['incident'], ['circle'], ['matches'], ['officer'], ['requests']];
    case 'request':
      return [['requests'], ['request', live.id]];
    case 'incident':
      return [['incidents'], ['incident', live.id], ['circle', live.id], ['officer']];
    case 'signed_out':
      return [];
  }
}

