// A request as a file, or a picture of its square code: chosen, pasted or dropped.
import { Button } from '@assent/shared';
import { useEffect, useRef, useState } from 'react';
import { m } from '../../words/messages';
import { readFile } from './code';
import type { Trouble } from './RequestsPage';

interface WayProps {
  read: (request: string) => void;
  fail: (trouble: Trouble | null) => void;
}

export function FileWay({ read, fail }: WayProps) {
  const input = useRef<HTMLInputElement>(null);
  const take = useTake({ read, fail });
  const isOver = useBroughtIn(take);
  return (
    <div className={isOver ? 'file-way over' : 'file-way'}>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/*,.jwt,.jws,.txt,application/oauth-authz-req+jwt,text/plain"
        onChange={(event) => {
          take(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Button kind="second" icon="upload" onPress={() => input.current?.click()}>
        {isOver ? m.requests_drop_here() : m.requests_file()}
      </Button>
      <p className="help">{m.requests_file_hint()}</p>
    </div>
  );
}

function useTake({ read, fail }: WayProps): (file: File | undefined) => void {
  return (file) => {
    if (file === undefined) return;
    fail(null);
    void readFile(file).then((found) => {
      switch (found.kind) {
        case 'found':
          read(found.text);
          break;
        case 'no_code':
          fail({ happened: m.requests_no_code(), todo: m.requests_no_code_do() });
          break;
        case 'too_large':
          fail({ happened: m.requests_too_large(), todo: m.requests_too_large_do() });
          break;
      }
    });
  };
}

/** A picture pasted or a file dropped anywhere on the page, and whether one hangs over it. Pasted text goes where the cursor is. */
function useBroughtIn(take: (file: File | undefined) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const listeners = {
      paste: ({ clipboardData }: ClipboardEvent) => {
        latest.current([...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/')));
      },
      dragover: (event: DragEvent) => {
        event.preventDefault();
        setIsOver(true);
      },
      dragleave: () => {
        setIsOver(false);
      },
      drop: (event: DragEvent) => {
        event.preventDefault();
        setIsOver(false);
        latest.current(event.dataTransfer?.files[0]);
      },
    };
    return listen(listeners);
  }, []);
  return isOver;
}

interface Listeners {
  paste: (event: ClipboardEvent) => void;
  dragover: (event: DragEvent) => void;
  dragleave: () => void;
  drop: (event: DragEvent) => void;
}

function listen({ paste, dragover, dragleave, drop }: Listeners): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  document.addEventListener('paste', paste, { signal });
  document.addEventListener('dragover', dragover, { signal });
  document.addEventListener('dragleave', dragleave, { signal });
  document.addEventListener('drop', drop, { signal });
  return () => {
    ended.abort();
  };
}
