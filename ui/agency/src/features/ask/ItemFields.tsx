// Which items are asked for, by section, and which of them the request is pointless without.
import { Card, Checkbox, Disclosure, Tag, useFormat, useLanguage } from '@assent/shared';
import { m } from '../../words/messages';
import type { ItemWords } from '../../host/types';
import { withItem, withRequired } from './draft';
import type { DraftProps } from './DraftForm';

/** Ticks items. What the purpose does not need is marked before a wallet warns of it. */
export function ItemFields({ catalogue, draft, change }: DraftProps) {
  const format = useFormat();
  useLanguage();
  const sections = [...new Set(catalogue.items.map(({ section }) => section))];
  return (
    <Card heading={m.draft_items()} aside={<span className="soft">{m.draft_items_count({ count: format.number(draft.items.length) })}</span>}>
      <p className="help">{m.draft_items_help()}</p>
      {sections.map((section) => (
        <Section key={section} items={catalogue.items.filter((item) => item.section === section)} catalogue={catalogue} draft={draft} change={change} />
      ))}
    </Card>
  );
}

function Section({ items, ...props }: DraftProps & { items: readonly ItemWords[] }) {
  const format = useFormat();
  const asked = items.filter((item) => props.draft.items.includes(item.path)).length;
  const summary = m.draft_section({ name: items[0]?.section_label ?? '', count: format.number(asked), all: format.number(items.length) });
  return (
    <Disclosure summary={summary}>
      <ul className="item-fields">
        {items.map((item) => (
          <li key={item.path}>
            <ItemField item={item} {...props} />
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function ItemField({ item, catalogue, draft, change }: DraftProps & { item: ItemWords }) {
  const isAsked = draft.items.includes(item.path);
  const chosen = catalogue.purposes.filter((purpose) => draft.purposes.includes(purpose.code));
  const isNeeded = chosen.length === 0 || chosen.some((purpose) => purpose.needs.includes(item.path));
  return (
    <>
      <Checkbox label={item.label} isSelected={isAsked} onChange={(on) => { change(withItem(draft, item.path, on)); }} />
      <span className="item-marks">
        {item.special && <Tag tone="calm">{m.item_special()}</Tag>}
        {isAsked && !isNeeded && <Tag tone="warn">{m.item_unneeded()}</Tag>}
        {isAsked && draft.on_incident && !item.opens_on_incident && <Tag tone="warn">{m.item_never()}</Tag>}
      </span>
      {isAsked && (
        <Checkbox
          label={<>{m.item_required()}<span className="visually-hidden"> {item.label}</span></>}
          isSelected={draft.required.includes(item.path)}
          onChange={(on) => { change(withRequired(draft, item.path, on)); }}
        />
      )}
    </>
  );
}
