// The auditor's admission for all pages: the key that this browser keeps, and what the verifier showed for it.
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { makeAdmission, takeAdmission } from '../audit/admission';
import type { Admission, Cabinet } from '../audit/admission';
import type { Audit } from '../audit/auditor';
import type { Desk } from '../audit/desk';
import type { Duties } from '../audit/duties';
import { readDuties } from '../audit/hearing';
import type { Step } from '../audit/reading';
import type { Failure } from './task';
import { useTask } from './task';

interface AdmissionValue {
  /** Undefined until the browser has looked. */
  admission: Admission | null | undefined;
  /** What was shown, and for which audit. */
  told: { duties: Duties; audit: Audit } | null;
  step: Step | null;
  failure: Failure | null;
  make: (id: string, name: string) => void;
  /** Whether the file holds a key. */
  take: (id: string, name: string, file: string) => Promise<boolean>;
  ask: (audit: Audit) => void;
  stop: () => void;
  leave: () => void;
}

const AdmissionContext = createContext<AdmissionValue | null>(null);

interface AdmissionProviderProps {
  cabinet: Cabinet;
  desk: Desk;
  now: () => number;
  children: ReactNode;
}

/** Holds the admission. */
export function AdmissionProvider({ cabinet, desk, now, children }: AdmissionProviderProps) {
  const [admission, setAdmission] = useState<Admission | null | undefined>(undefined);
  const [told, setTold] = useState<AdmissionValue['told']>(null);
  const { step, failure, attempt, run, stop } = useTask();

  useEffect(() => {
    cabinet.read().then(setAdmission, () => {
      setAdmission(null);
    });
  }, [cabinet]);

  const keep = useCallback(
    async (next: Admission) => {
      await cabinet.write(next);
      setAdmission(next);
    },
    [cabinet],
  );

  const make = useCallback(
    (id: string, name: string) => void attempt(async () => { await keep(await makeAdmission(id, name)); }),
    [attempt, keep],
  );

  const take = useCallback(
    async (id: string, name: string, file: string) => {
      const taken = await takeAdmission(id, name, file);
      if (taken !== null) await attempt(() => keep(taken));
      return taken !== null;
    },
    [attempt, keep],
  );

  const ask = useCallback(
    (audit: Audit) => {
      if (admission == null) return;
      run('statements', async (progress) => {
        const duties = await readDuties({ desk, admission, now }, audit, progress);
        setTold({ duties, audit });
      });
    },
    [admission, run, desk, now],
  );

  const leave = useCallback(
    () => void attempt(async () => {
      await cabinet.forget();
      setAdmission(null);
      setTold(null);
    }),
    [attempt, cabinet],
  );

  const value = useMemo(
    () => ({ admission, told, step, failure, make, take, ask, stop, leave }),
    [admission, told, step, failure, make, take, ask, stop, leave],
  );
  return <AdmissionContext value={value}>{children}</AdmissionContext>;
}

/** The admission, and what can be done with it. */
export function useAdmission(): AdmissionValue {
  const value = useContext(AdmissionContext);
  if (value === null) throw new Error('useAdmission needs an AdmissionProvider above it');
  return value;
}
