// Words that come in every language, in the one that is being read.
import type { Language } from '@assent/shared';
import type { InBoth } from '../host/types';

/** The words in a language; in English where there are none. */
export function inLanguage(words: InBoth, language: Language): string {
  return words[language] === '' ? words.en : words[language];
}
