// A request as the wallet shows it: who, why, what, how long, and what speaks against it. In the citizen's
// language, whatever the language of the desk.
import { Notice, Tag, formatOf, LOCALES } from '@assent/shared';
import type { Language } from '@assent/shared';
import type { Concern, Preview, PreviewItem } from '../../host/types';
import { m } from '../../words/messages';

/** Shows what the citizen will read. */
export function CitizenView({ preview, language }: { preview: Preview; language: Language }) {
  const say = { locale: language };
  const format = formatOf(LOCALES[language]);
  return (
    <section className="citizen" lang={language} aria-label={m.preview_label({}, say)}>
      <p className="citizen-who">{m.citizen_asks({ agency: preview.agency.name }, say)}</p>
      {preview.purposes.map((purpose) => (
        <div key={purpose.code}>
          <h2>{purpose.label}</h2>
          <p>{purpose.explanation}</p>
        </div>
      ))}
      {preview.on_incident && <Notice heading={m.citizen_sealed({}, say)}>{m.citizen_sealed_text({}, say)}</Notice>}
      {preview.concerns.map((concern) => (
        <Notice key={JSON.stringify(concern)} kind="warning">{concernWords(concern, preview.items, language)}</Notice>
      ))}
      <h3>{m.citizen_notice({}, say)}</h3>
      <blockquote lang={preview.notice_lang}>{preview.notice}</blockquote>
      <h3>{m.citizen_items({}, say)}</h3>
      <Items items={preview.items} language={language} />
      <h3>{m.citizen_terms({}, say)}</h3>
      <ul>
        <li>{m.citizen_keeps({ span: preview.retention }, say)}</li>
        <li>{preview.stores ? m.citizen_stores({}, say) : m.citizen_stores_not({}, say)}</li>
        <li>{preview.recipients.length === 0 ? m.citizen_alone({}, say) : m.citizen_passes({ who: format.list(preview.recipients.map(({ name }) => name)) }, say)}</li>
        <li>{m.citizen_ends({ day: format.day(preview.ends_at) }, say)}</li>
        <li>{m.citizen_answer({ when: format.moment(preview.answer_by * 1000) }, say)}</li>
      </ul>
      {preview.circle !== null && <Circle circle={preview.circle} items={preview.items} language={language} />}
      <p className="soft">{m.citizen_free({}, say)}</p>
    </section>
  );
}

function Items({ items, language }: { items: readonly PreviewItem[]; language: Language }) {
  const say = { locale: language };
  return (
    <ul className="citizen-items">
      {items.map((item) => (
        <li key={item.path}>
          <span>{item.label}</span>
          <Tag tone={item.required ? 'calm' : 'plain'}>{item.required ? m.citizen_required({}, say) : m.citizen_optional({}, say)}</Tag>
          {item.special && <Tag>{m.citizen_special({}, say)}</Tag>}
        </li>
      ))}
    </ul>
  );
}

function Circle({ circle, items, language }: { circle: NonNullable<Preview['circle']>; items: readonly PreviewItem[]; language: Language }) {
  const say = { locale: language };
  const labelOf = (path: string) => items.find((item) => item.path === path)?.label ?? path;
  return (
    <>
      <h3>{m.citizen_circle({ name: circle.name }, say)}</h3>
      <ul>
        {circle.members.map(({ agency, paths }) => (
          <li key={agency.id}>
            <strong>{agency.name}</strong>: {formatOf(LOCALES[language]).list(paths.map(labelOf))}
          </li>
        ))}
      </ul>
    </>
  );
}

function concernWords(concern: Concern, items: readonly PreviewItem[], language: Language): string {
  const say = { locale: language };
  const labelOf = (path: string) => items.find((item) => item.path === path)?.label ?? path;
  switch (concern.code) {
    case 'more_than_needed':
      return m.concern_more({ item: labelOf(concern.path) }, say);
    case 'never_on_incident':
      return m.concern_never({ item: labelOf(concern.path) }, say);
    case 'passed_on':
      return m.concern_passed({}, say);
    case 'other_basis':
      return m.concern_basis({}, say);
    case 'runs_long':
      return m.concern_long({}, say);
  }
}
