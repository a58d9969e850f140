// The newest looks of agencies, emergencies marked.
import { Card, Icon, Tag, useFormat, useLanguage } from '@assent/shared';
import { useAnswer } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

const HOW_MANY = 3;

export function LastLooks() {
  const { language } = useLanguage();
  const { moment } = useFormat();
  const { data } = useAnswer('looks_list', { lang: language });
  const looks = data?.looks.slice(0, HOW_MANY) ?? [];
  if (looks.length === 0) return null;
  return (
    <Card heading={m.home_last_looks()} aside={<a href={addressOf('looked')}>{m.home_all_looks()}</a>}>
      <ul className="last-looks">
        {looks.map((look) => (
          <li key={look.index} className={look.kind === 'opening' ? 'emergency' : undefined}>
            <Icon name={look.kind === 'opening' ? 'siren' : 'eye'} />
            <div>
              <p>
                <strong>{look.agency}</strong> {look.kind === 'opening' && <Tag tone="bad">{m.home_emergency()}</Tag>}
              </p>
              {/* An opening names its reason by a code; the page of all looks says it in words. */}
              {look.kind === 'access' && <p>{look.reason}</p>}
              <p className="help">{moment(look.at)}</p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
