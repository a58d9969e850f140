// How wide an element is, kept up to date, so that a plot's letters keep their size on a narrow page.
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/** A width to draw for before the first measurement. */
const ASSUMED = 640;

/** The element's ref and its width in pixels. */
export function useWidth<E extends HTMLElement = HTMLDivElement>(): [RefObject<E | null>, number] {
  const frame = useRef<E>(null);
  const [width, setWidth] = useState(ASSUMED);
  useEffect(() => {
    const element = frame.current;
    if (element === null || !('ResizeObserver' in window)) return;
    const observer = new ResizeObserver(([entry]) => {
      const found = Math.floor(entry?.contentRect.width ?? 0);
      if (found > 0) setWidth(found);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return [frame, width];
}
