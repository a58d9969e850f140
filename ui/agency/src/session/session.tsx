// Who sits at the desk. When the session ends, the page below stays as it is, hidden, until the same person is
// back: nothing that was typed is lost, and nobody else sees it.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Host } from '../host/host';
import { Refusal } from '../host/refusal';
import type { Session, SignedIn } from '../host/types';
import { attention } from './attention';

/** What is known of the session: `ended` is one that ran out, whose page waits. */
export type Phase = 'loading' | 'unreachable' | 'out' | 'in' | 'ended';

interface SessionValue {
  host: Host;
  phase: Phase;
  session: Session | null;
  /** Who is signed in, or whose session ended. */
  user: SignedIn | null;
  /** Changes with every person, so that nothing of one is shown to the next. */
  turn: number;
  /** Asks the server who is signed in. */
  look: () => Promise<void>;
  /** Signs in. */
  enter: (act: () => Promise<Session>) => Promise<void>;
  /** Signs out. */
  leave: () => Promise<void>;
  /** Gives up a page that waits for somebody who does not come back. */
  forget: () => void;
}

const SessionContext = createContext<SessionValue | null>(null);

/** Holds the session. */
export function SessionProvider({ host, children }: { host: Host; children: ReactNode }) {
  const queries = useQueryClient();
  const [phase, setPhase] = useState<Phase>('loading');
  const [session, setSession] = useState<Session | null>(null);
  const [user, setUser] = useState<SignedIn | null>(null);
  const [turn, setTurn] = useState(0);
  const last = useRef<string | null>(null);

  const clear = useCallback(() => {
    last.current = null;
    queries.clear();
    setUser(null);
    setTurn((before) => before + 1);
  }, [queries]);

  const take = useCallback(
    (next: Session) => {
      setSession(next);
      if (next.signed_in === null) {
        setPhase(last.current === null ? 'out' : 'ended');
        return;
      }
      if (last.current !== null && last.current !== next.signed_in.actor) clear();
      last.current = next.signed_in.actor;
      setUser(next.signed_in);
      setPhase('in');
    },
    [clear],
  );

  const look = useCallback(async () => {
    try {
      take(await host.ask('session', {}));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setPhase((before) => (before === 'loading' ? 'unreachable' : before));
    }
  }, [host, take]);

  const enter = useCallback(
    async (act: () => Promise<Session>) => {
      take(await act());
      await queries.invalidateQueries();
    },
    [queries, take],
  );

  const forget = useCallback(() => {
    clear();
    setPhase('out');
  }, [clear]);

  const leave = useCallback(async () => {
    // Whether or not the server heard it, nothing is shown any more.
    await host.ask('sign-out', {}).catch(() => undefined);
    forget();
    await look();
  }, [host, forget, look]);

  useEffect(() => {
    const attended = attention();
    host.attach({ isAttended: attended.isThere, onSignedOut: () => void look() });
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the state is set when the server has answered
    void look();
    return () => {
      attended.stop();
      host.attach(null);
    };
  }, [host, look]);

  const value = useMemo(
    () => ({ host, phase, session, user, turn, look, enter, leave, forget }),
    [host, phase, session, user, turn, look, enter, leave, forget],
  );
  return <SessionContext value={value}>{children}</SessionContext>;
}

/** The session, and what can be done with it. */
export function useSession(): SessionValue {
  const value = useContext(SessionContext);
  if (value === null) throw new Error('useSession needs a SessionProvider above it');
  return value;
}

/** The console's server. */
export function useHost(): Host {
  return useSession().host;
}
