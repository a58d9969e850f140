// The text that the citizen reads, in one language, with a hint how old a reader should be.
import { LANGUAGE_NAMES, TextField, useFormat, useLanguage } from '@assent/shared';
import type { Language } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import type { Readability } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';

/** Plain words for everybody are those that a child of eleven can follow. */
const PLAIN_AGE = 11;

/** A text and its hint. */
export function NoticeField({ language, text, change }: { language: Language; text: string; change: (text: string) => void }) {
  useLanguage();
  const host = useHost();
  const settled = useDeferredValue(text);
  const { data } = useQuery({
    queryKey: ['readability', language, settled],
    queryFn: () => host.ask('readability', { text: settled, lang: language }),
    enabled: settled.trim() !== '',
    placeholderData: (before) => before,
    gcTime: 0,
  });
  return (
    <div className="notice-field">
      <TextField label={m.notice_in({ language: LANGUAGE_NAMES[language] })} value={text} onChange={change} rows={6} lang={language} spellCheck />
      {data !== undefined && settled.trim() !== '' && <Hint readability={data} language={language} />}
    </div>
  );
}

function Hint({ readability, language }: { readability: Readability; language: Language }) {
  const format = useFormat();
  const { age, long_sentence: long, long_words: words } = readability;
  if (age === null) return <p className="help">{m.reading_short()}</p>;
  const isHard = age > PLAIN_AGE;
  return (
    <div className={isHard ? 'reading hard' : 'reading'}>
      <p role="status">{isHard ? m.reading_hard({ age: format.number(age) }) : m.reading_plain({ age: format.number(age) })}</p>
      {isHard && long !== null && <p>{m.reading_sentence()} <q lang={language}>{long}</q></p>}
      {isHard && words.length > 0 && <p>{m.reading_words()} <span lang={language}>{words.join(', ')}</span></p>}
    </div>
  );
}
