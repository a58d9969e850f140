// What was opened, readable from two metres: large, the most dangerous first, each group with its sign.
import { Icon, useLanguage } from '@assent/shared';
import { Lines } from '../../components/Fields';
import type { FieldView } from '../../host/types';
import { m } from '../../words/messages';
import { bySafety } from './lifeSafety';

/** Shows groups in the order in which they matter; alone on a screen, their headings come right below the page's. */
export function SafetyView({ fields, isAlone = false }: { fields: readonly FieldView[]; isAlone?: boolean }) {
  useLanguage();
  const Heading = isAlone ? 'h2' : 'h3';
  const shown = bySafety(fields);
  if (shown.length === 0) return <p>{m.safety_empty()}</p>;
  return (
    <div className="safety">
      {shown.map(({ group, fields: own }) => (
        <section key={group.id} className={`safety-group ${group.id}`} aria-label={group.name()}>
          <Heading><Icon name={group.icon} />{group.name()}</Heading>
          <dl>
            {own.map((field) => (
              <div key={field.path}>
                <dt>{field.label}</dt>
                <dd><Lines field={field} /></dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
