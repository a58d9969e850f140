// A file with a token in it, chosen or dropped; a picture of its code will do too.
import { FileField, useLanguage } from '@assent/shared';
import { useState } from 'react';
import { Trouble } from '../../components/Trouble';
import { Refusal } from '../../host/refusal';
import { m } from '../../words/messages';
import { codeInPicture } from './picture';

/** Bytes: a token has 8 KiB at most, and may stand in a longer text. */
const MOST_TEXT = 256 * 1024;
const MOST_PICTURE = 20 * 1024 * 1024;
const ENDINGS = 'image/*,text/plain,application/json,.jwt,.jws,.txt,.json';

/** Takes the token out of a file. */
export function DropPart({ take }: { take: (text: string) => void }) {
  useLanguage();
  const [error, setError] = useState<unknown>(null);
  const read = (file: File) => {
    setError(null);
    textOf(file).then(take, setError);
  };
  return (
    <div className="stack">
      <Trouble error={error} />
      <FileField label={m.check_file()} accept={ENDINGS} onFile={read} />
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
