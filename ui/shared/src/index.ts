// What every Assent app is made of: parts that take their words as properties.
export { ErrorSummary } from './components/ErrorSummary';
export { LanguageChoice } from './components/LanguageChoice';
export { Mark } from './components/Mark';
export { Page } from './components/Page';
export { LanguageProvider, useLanguage } from './language/language';
export type { Language } from './language/language';
