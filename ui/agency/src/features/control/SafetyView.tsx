// What was opened, readable from two metres: large, the most dangerous first, each group with its sign.
import { Icon, useLanguage } from '@assent/shared';
import { Lines } from '../../components/Fields';
import type { FieldView } from '../../host/types';
import { m } from '../../words/messages';
import { bySafety } from './lifeSafety';

/** Shows groups in the order in which they matter. */
export function SafetyView({ fields, level = 3 }: { fields: readonly FieldView[]; level?: 2 | 3 }) {
  useLanguage();
  const Heading = `h${level}` as const;
  const shown = bySafety(fields);
  if (shown.length === 0) return <p>{m.safety_empty()}</p>;
  return (
    <div className="safety">
      {shown.map(({ group, fields: own }) => (
        <section key={group.id} className={`safety-group ${group.id}`} aria-label={group.name()}>
          <Heading><Icon name={group.icon} />{group.name()}</Heading>
          <dl>
            {own.map(({ path, label, lines }) => (
              <div key={path}>
                <dt>{label}</dt>
                <dd><Lines lines={lines} /></dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
