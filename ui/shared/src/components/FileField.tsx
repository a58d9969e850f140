// A place for a file: chosen with the platform's own dialog, or dragged there.
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { m } from '../words/messages';
import { Icon } from './Icon';

interface FileFieldProps {
  label: string;
  /** Endings, such as `.vcf,.json`. */
  accept: string;
  onFile: (file: File) => void;
  help?: ReactNode;
  error?: string | null;
  /** The name of the file that was chosen. */
  chosen?: string | null;
}

/** Asks for one file. */
export function FileField({ label, accept, onFile, help, error, chosen }: FileFieldProps) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  const described = [help !== undefined && `${id}-help`, error != null && `${id}-error`].filter(Boolean).join(' ');
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- dragging is one way more; the field inside is the way by keyboard
    <div
      className={`file-field${isOver ? ' over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => {
        setIsOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) onFile(file);
      }}
    >
      <Icon name="upload" />
      <label className="file-label" htmlFor={id}>{label}</label>
      {help !== undefined && <p className="help" id={`${id}-help`}>{help}</p>}
      {/* Whoever cannot see it hears what became of the file. */}
      <div role="status">{error != null && <p className="field-error" id={`${id}-error`}>{error}</p>}</div>
      <input
        className="visually-hidden"
        type="file"
        id={id}
        accept={accept}
        aria-describedby={described === '' ? undefined : described}
        aria-invalid={error != null || undefined}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) onFile(file);
          // The same file can be chosen again after it was mended.
          event.currentTarget.value = '';
        }}
      />
      {/* The browser's own button speaks the browser's language. */}
      <label className="button second" htmlFor={id}>{m.choose_file()}</label>
      <div role="status">{chosen != null && <p className="file-chosen"><Icon name="file" />{chosen}</p>}</div>
    </div>
  );
}
