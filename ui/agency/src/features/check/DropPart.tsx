// A file with a token in it, chosen or dropped; a picture of its code will do too.
import { useLanguage } from '@assent/shared';
import { useId, useState } from 'react';
import { Trouble } from '../../components/Trouble';
import { Refusal } from '../../host/refusal';
import { m } from '../../words/messages';
import { codeInPicture } from './picture';

/** Bytes: a token has 8 KiB at most, and may stand in a longer text. */
const MOST_TEXT = 256 * 1024;
const MOST_PICTURE = 20 * 1024 * 1024;

/** Takes the token out of a file. */
export function DropPart({ take }: { take: (text: string) => void }) {
  useLanguage();
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const read = (file: File | undefined) => {
    if (file === undefined) return;
    setError(null);
    textOf(file).then(take, setError);
  };
  return (
    <div className="stack">
      <Trouble error={error} />
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is an addition: the field inside does the same by keyboard */}
      <div
        className={isOver ? 'drop over' : 'drop'}
        role="group"
        aria-labelledby={`${id}-label`}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => { setIsOver(false); }}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          read(event.dataTransfer.files[0]);
        }}
      >
        <label id={`${id}-label`} htmlFor={id}>{m.check_file()}</label>
        <input id={id} type="file" onChange={(event) => { read(event.currentTarget.files?.[0]); }} />
      </div>
    </div>
  );
}

async function textOf(file: File): Promise<string> {
  const isPicture = file.type.startsWith('image/');
  if (file.size > (isPicture ? MOST_PICTURE : MOST_TEXT)) throw new Refusal('file_too_large');
  if (!isPicture) return file.text();
  const text = await codeInPicture(file);
  if (text === null) throw new Refusal('token_missing');
  return text;
}
