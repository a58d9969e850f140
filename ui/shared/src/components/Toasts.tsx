// Short news at the edge of the page: read out, and there until it is dismissed, the next comes, or the person
// moves on.
import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { m } from '../words/messages';
import { Icon } from './Icon';

type Say = (words: string) => void;
const ToastContext = createContext<Say | null>(null);

/** Holds the place where news appears. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [words, setWords] = useState<string | null>(null);
  const isFresh = useRef(false);
  const say = useCallback((next: string) => {
    isFresh.current = true;
    setWords(next);
  }, []);
  const close = useCallback(() => {
    setWords(null);
  }, []);
  useEffect(() => {
    const moved = () => {
      // What is said often leads to another page; the news goes along once.
      if (!isFresh.current) close();
      isFresh.current = false;
    };
    window.addEventListener('hashchange', moved);
    return () => {
      window.removeEventListener('hashchange', moved);
    };
  }, [close]);
  return (
    <ToastContext value={say}>
      {children}
      {createPortal(<News words={words} close={close} />, document.body)}
    </ToastContext>
  );
}

/** It stands outside of the page's own box, which would hold it in its place. */
function News({ words, close }: { words: string | null; close: () => void }) {
  return (
    <div className="toasts" role="status">
      {words !== null && (
        <div className="toast">
          <Icon name="tick" />
          <p>{words}</p>
          <button type="button" className="toast-close" aria-label={m.dismiss()} onClick={close}>
            <Icon name="cross" />
          </button>
        </div>
      )}
    </div>
  );
}

/** Says something short, such as that a thing was saved. */
export function useToast(): Say {
  const say = useContext(ToastContext);
  if (say === null) throw new Error('useToast needs a ToastProvider above it');
  return say;
}
