// The 24 words, numbered, to be written down or printed.
import { m } from '../words/messages';

export function PhraseWords({ words }: { words: readonly string[] }) {
  return (
    <ol className="phrase" aria-label={m.phrase_words()} translate="no" lang="en">
      {words.map((word, at) => (
        <li key={`${at.toString()}-${word}`}>{word}</li>
      ))}
    </ol>
  );
}
