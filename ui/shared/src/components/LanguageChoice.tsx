// The languages side by side, each in its own words.
import { locales } from '../words/runtime';
import { LANGUAGE_NAMES, useLanguage } from '../language/language';

/** Lets a person change the language at once, from every page. */
export function LanguageChoice({ label }: { label: string }) {
  const { language, choose } = useLanguage();
  return (
    <div className="language-choice" role="group" aria-label={label}>
      {locales.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === language}
          onClick={() => {
            choose(each);
          }}
        >
          {LANGUAGE_NAMES[each]}
        </button>
      ))}
    </div>
  );
}
