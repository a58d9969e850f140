// What they would see: what comes with every yes, and what can be ticked, each with what is written down there.
import { Card, Tag, useFormat } from '@assent/shared';
import { useId } from 'react';
import type { ReactNode } from 'react';
import type { ItemView } from '../../host/host';
import { ItemValue } from '../../parts/ItemValue';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { choose } from '../../session/asked';
import type { Tick } from './choice';

interface ItemsCardProps {
  ticks: Tick[];
  byHand: Readonly<Record<string, boolean>>;
  /** Nobody asked: the person chose these items. */
  isOwn: boolean;
  write: (path: string) => void;
  changed: () => void;
}

export function ItemsCard({ ticks, byHand, isOwn, write, changed }: ItemsCardProps) {
  const { number } = useFormat();
  const needed = ticks.filter(({ standing }) => standing === 'needed');
  const free = ticks.filter(({ standing }) => standing === 'free');
  const chosen = ticks.filter(({ isChosen }) => isChosen).length;
  return (
    <Card
      heading={m.requests_items_heading()}
      aside={<span role="status">{m.requests_items_chosen({ chosen: number(chosen), all: number(ticks.length) })}</span>}
    >
      {needed.length > 0 && (
        <>
          <h3>{m.requests_items_needed()}</h3>
          <ul className="items">
            {needed.map(({ item }) => (
              <li key={item.path} className="item">
                <p className="item-label">{item.label}</p>
                <ItemDetails item={item} write={write} />
              </li>
            ))}
          </ul>
        </>
      )}
      {free.length > 0 && (
        <fieldset className="choices">
          <legend>{isOwn ? m.requests_items_hint_direct() : m.requests_items_hint()}</legend>
          {free.map((tick) => (
            <ItemChoice
              key={tick.item.path}
              tick={tick}
              write={write}
              onChange={(isChosen) => {
                choose({ ticks: { ...byHand, [tick.item.path]: isChosen } });
                changed();
              }}
            />
          ))}
        </fieldset>
      )}
    </Card>
  );
}

interface ItemChoiceProps {
  tick: Tick;
  write: (path: string) => void;
  onChange: (isChosen: boolean) => void;
}

function ItemChoice({ tick: { item, isChosen }, write, onChange }: ItemChoiceProps) {
  const id = useId();
  return (
    <div className="choice item">
      <input
        type="checkbox"
        id={id}
        checked={isChosen}
        aria-describedby={`${id}-value`}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
        }}
      />
      <label htmlFor={id} className="item-label">{item.label}</label>
      <ItemDetails id={`${id}-value`} item={item} write={write} />
    </div>
  );
}

function ItemDetails({ id, item, write }: { id?: string; item: ItemView; write: (path: string) => void }): ReactNode {
  return (
    <div className="item-details" id={id}>
      <ItemValue path={item.path} value={item.value} />
      <p className="item-foot">
        {item.special && <Tag tone="calm">{m.part_special()}</Tag>}
        {item.value === null ? (
          <button
            type="button"
            className="link-button"
            aria-label={m.requests_item_write_label({ item: item.label })}
            onClick={() => {
              write(item.path);
            }}
          >
            {m.requests_item_write()}
          </button>
        ) : (
          <a
            href={addressOf('item', { path: item.path })}
            aria-label={m.requests_item_change_label({ item: item.label })}
            onClick={() => {
              choose({ writing: item.path });
            }}
          >
            {m.requests_item_change()}
          </a>
        )}
      </p>
    </div>
  );
}
