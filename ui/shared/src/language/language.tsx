// The language of the interface: the one chosen here before, else the computer's, else English.
import { createContext, useCallback, useContext, useLayoutEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { isKnown } from '../format/words';
import { getLocale, locales, setLocale } from '../words/runtime';

export type Language = (typeof locales)[number];

/** Each language by its own name, the same in every language. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', cy: 'Cymraeg' };

interface LanguageValue {
  language: Language;
  choose: (language: Language) => void;
}

const LanguageContext = createContext<LanguageValue | null>(null);

/** Holds the language, remembers the choice, and tells the browser, screen readers and the parts of it. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() => getLocale());

  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const choose = useCallback((next: Language) => {
    void setLocale(next, { reload: false });
    setLanguage(next);
  }, []);

  const value = useMemo(() => ({ language, choose }), [language, choose]);
  return (
    <LanguageContext value={value}>
      <I18nProvider locale={isKnown(`${language}-GB`) ? `${language}-GB` : 'en-GB'}>{children}</I18nProvider>
    </LanguageContext>
  );
}

/** The language and the way to change it. A part that shows words calls this to be shown again. */
export function useLanguage(): LanguageValue {
  const value = useContext(LanguageContext);
  if (value === null) throw new Error('useLanguage needs a LanguageProvider above it');
  return value;
}
