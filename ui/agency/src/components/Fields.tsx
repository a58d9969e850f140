// What a person wrote down, item by item, in words; shown as text and isolated, whatever stands in it.
import { useFormat, useLanguage, valueLines } from '@assent/shared';
import type { Language, Line } from '@assent/shared';
import { NEEDS } from '../host/gen/needs';
import type { FieldView } from '../host/types';
import { Name } from './Name';
import { inLanguage } from './words';

/** Code points of one line that are shown. */
const LINE = 600;

/** Shows values under their names. */
export function Fields({ fields }: { fields: readonly FieldView[] }) {
  return (
    <dl className="fields">
      {fields.map((field) => (
        <div key={field.path}>
          <dt>{field.label}</dt>
          <dd><Lines field={field} /></dd>
        </div>
      ))}
    </dl>
  );
}

/** The entries of a value below each other, each with what else is known of it. */
export function Lines({ field }: { field: FieldView }) {
  const { locale } = useFormat();
  const { language } = useLanguage();
  const lines = linesOf(field, locale, language);
  if (lines.length === 0) return <Name text="" />;
  return lines.map(({ main, notes }, at) => (
    // Entries have no name of their own, and never change places.
    <p key={at}>
      <Name text={main} most={LINE} />
      {notes.map((note, of) => <span key={of} className="line-note"><Name text={note} most={LINE} /></span>)}
    </p>
  ));
}

/** A value in words; what the words do not know, as the server put it. */
function linesOf(field: FieldView, locale: string, language: Language): Line[] {
  const worded = valueLines(field.path, field.value, { locale, code: (code) => needWords(code, language) }).filter(({ main }) => main !== '');
  return worded.length > 0 ? worded : field.lines.map((main) => ({ main, notes: [] }));
}

function needWords(code: string, language: Language): string {
  const known = NEEDS[code];
  return known === undefined ? code : inLanguage(known, language);
}
