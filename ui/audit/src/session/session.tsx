// One audit for all pages: what was glanced at when they opened, and the whole log once somebody asked for it.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Audit, Auditor, Glance } from '../audit/auditor';
import type { Step } from '../audit/reading';
import type { AuditErrorCode } from '../audit/source';
import { AuditError } from '../audit/source';
import type { State } from '../audit/state';
import { isAvailable } from '../log/ed25519';

export type Failure = AuditErrorCode | 'unknown';

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
  const [step, setStep] = useState<Step | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const reading = useRef<AbortController | null>(null);

  const attempt = useCallback(async (act: () => Promise<void>) => {
    setFailure(null);
    try {
      if (!(await isAvailable())) throw new AuditError('no_crypto');
      await act();
    } catch (error) {
      if (!isAbort(error)) setFailure(error instanceof AuditError ? error.code : 'unknown');
    }
  }, []);

  const look = useCallback(() => {
    void attempt(async () => {
      setGlance(await auditor.glance());
    });
  }, [attempt, auditor]);

  const read = useCallback(() => {
    const { signal } = (reading.current = new AbortController());
    setStep({ what: 'entries', done: 0, of: 0 });
    void attempt(async () => {
      const found = await auditor.read({ step: paced(setStep), signal });
      setAudit(found);
      setGlance(found);
    }).finally(() => {
      setStep(null);
    });
  }, [attempt, auditor]);

  const stop = useCallback(() => {
    reading.current?.abort();
  }, []);

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
    setFailure(null);
    setIsPinned(false);
  }, [state]);

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

/** Tells at most every hundredth of the way, and lets the page be painted. */
export function paced(tell: (step: Step) => void): (step: Step) => void {
  let told = -1;
  return (step) => {
    const percent = step.of === 0 ? 100 : Math.floor((step.done / step.of) * 100);
    if (percent === told && step.done !== step.of) return;
    told = percent;
    tell(step);
  };
}

/** Whether somebody pressed stop. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
