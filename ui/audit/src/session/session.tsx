// One audit for all pages: what was glanced at when they opened, and the whole log once somebody asked for it.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Audit, Auditor, Glance } from '../audit/auditor';
import type { Step } from '../audit/reading';
import type { State } from '../audit/state';
import type { Failure } from './task';
import { useTask } from './task';

interface AuditValue {
  auditor: Auditor;
  isPinned: boolean;
  glance: Glance | null;
  audit: Audit | null;
  step: Step | null;
  failure: Failure | null;
  pin: (logVkey: string, witnesses: string[]) => Promise<void>;
  look: () => void;
  read: () => void;
  stop: () => void;
  forget: () => void;
}

const AuditContext = createContext<AuditValue | null>(null);

/** Holds the audit. */
export function AuditProvider({ auditor, state, children }: { auditor: Auditor; state: State; children: ReactNode }) {
  const [isPinned, setIsPinned] = useState(() => wasPinned(state));
  const [glance, setGlance] = useState<Glance | null>(null);
  const [audit, setAudit] = useState<Audit | null>(null);
  const { step, failure, attempt, run, stop, clear } = useTask();

  const look = useCallback(() => {
    void attempt(async () => {
      setGlance(await auditor.glance());
    });
  }, [attempt, auditor]);

  const read = useCallback(() => {
    run('entries', async (progress) => {
      const found = await auditor.read(progress);
      setAudit(found);
      setGlance(found);
    });
  }, [run, auditor]);

  const pin = useCallback(
    (logVkey: string, witnesses: string[]) =>
      attempt(async () => {
        await auditor.pin(logVkey, witnesses);
        setIsPinned(true);
      }),
    [attempt, auditor],
  );

  const forget = useCallback(() => {
    state.forget();
    setGlance(null);
    setAudit(null);
    clear();
    setIsPinned(false);
  }, [state, clear]);

  const opened = useRef(false);
  useEffect(() => {
    if (!isPinned) opened.current = false;
    if (!isPinned || opened.current) return;
    opened.current = true;
    look();
  }, [isPinned, look]);

  const value = useMemo(
    () => ({ auditor, isPinned, glance, audit, step, failure, pin, look, read, stop, forget }),
    [auditor, isPinned, glance, audit, step, failure, pin, look, read, stop, forget],
  );
  return <AuditContext value={value}>{children}</AuditContext>;
}

/** The audit, and what can be done. */
export function useAudit(): AuditValue {
  const value = useContext(AuditContext);
  if (value === null) throw new Error('useAudit needs an AuditProvider above it');
  return value;
}

/** What cannot be read was pinned once, and must not be pinned anew in silence. */
function wasPinned(state: State): boolean {
  try {
    return state.read() !== null;
  } catch {
    return true;
  }
}
