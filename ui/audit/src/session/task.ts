// Something that may be refused and may take long: why it was refused, how far it is, and the way to end it.
import { useCallback, useRef, useState } from 'react';
import type { Progress, Step } from '../audit/reading';
import type { AuditErrorCode } from '../audit/source';
import { AuditError } from '../audit/source';
import { isAvailable } from '../log/ed25519';

export type Failure = AuditErrorCode | 'unknown';

interface Task {
  step: Step | null;
  failure: Failure | null;
  /** Does it, and keeps the refusal. */
  attempt: (act: () => Promise<void>) => Promise<void>;
  /** Does what takes long, and tells how far it is. */
  run: (what: Step['what'], act: (progress: Progress) => Promise<void>) => void;
  stop: () => void;
  /** Forgets the refusal. */
  clear: () => void;
}

/** One task at a time; nothing is done in a browser that cannot check signatures. */
export function useTask(): Task {
  const [step, setStep] = useState<Step | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const running = useRef<AbortController | null>(null);

  const attempt = useCallback(async (act: () => Promise<void>) => {
    setFailure(null);
    try {
      if (!(await isAvailable())) throw new AuditError('no_crypto');
      await act();
    } catch (error) {
      if (!isAbort(error)) setFailure(error instanceof AuditError ? error.code : 'unknown');
    }
  }, []);

  const run = useCallback<Task['run']>(
    (what, act) => {
      const { signal } = (running.current = new AbortController());
      setStep({ what, done: 0, of: 0 });
      void attempt(() => act({ step: paced(setStep), signal })).finally(() => {
        setStep(null);
      });
    },
    [attempt],
  );

  const stop = useCallback(() => {
    running.current?.abort();
  }, []);

  const clear = useCallback(() => {
    setFailure(null);
  }, []);

  return { step, failure, attempt, run, stop, clear };
}

/** Tells at most every hundredth of the way, and lets the page be painted. */
function paced(tell: (step: Step) => void): (step: Step) => void {
  let told = -1;
  return (step) => {
    const percent = step.of === 0 ? 100 : Math.floor((step.done / step.of) * 100);
    if (percent === told && step.done !== step.of) return;
    told = percent;
    tell(step);
  };
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
