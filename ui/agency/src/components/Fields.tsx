// What a person wrote down, item by item; shown as text and isolated, whatever stands in it.
import type { FieldView } from '../host/types';
import { Name } from './Name';

/** Code points of one line that are shown. */
const LINE = 600;

/** Shows values under their names. */
export function Fields({ fields }: { fields: readonly FieldView[] }) {
  return (
    <dl className="fields">
      {fields.map(({ path, label, lines }) => (
        <div key={path}>
          <dt>{label}</dt>
          <dd><Lines lines={lines} /></dd>
        </div>
      ))}
    </dl>
  );
}

/** Lines below each other. */
export function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return <Name text="" />;
  return lines.map((line, at) => (
    // Lines have no name of their own, and never change places.
    <p key={at}><Name text={line} most={LINE} /></p>
  ));
}
