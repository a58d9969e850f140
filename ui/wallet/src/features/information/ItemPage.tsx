// One item: what belongs there, its fields, who can see it, and removing it.
import { Actions, Button, ConfirmDialog, ErrorSummary, useLanguage, useToast } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import { useState } from 'react';
import { Answered, Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { DataItem, Json } from '../../host/host';
import { ItemValue } from '../../parts/ItemValue';
import { useAct, useAnswer } from '../../session/ask';
import { addressOf, go } from '../../session/route';
import { m } from '../../words/messages';
import { ItemEditor, isEditable } from './ItemEditor';
import { WhoSees } from './WhoSees';

export function ItemPage({ path }: { path: string }) {
  const { language } = useLanguage();
  const data = useAnswer('data_list', { lang: language });
  return (
    <Answered query={data}>
      {({ sections }) => {
        const item = sections.flatMap(({ items }) => items).find((each) => each.path === path);
        return item === undefined ? <NoItem /> : <ItemForm key={path} item={item} />;
      }}
    </Answered>
  );
}

const back = () => ({ href: addressOf('information'), title: m.nav_information() });

function ItemForm({ item }: { item: DataItem }) {
  const [value, setValue] = useState<Json | undefined>(item.value);
  const [isMarked, setIsMarked] = useState(false);
  const save = useAct('data_set');
  const say = useToast();
  const submit = () => {
    setIsMarked(isEmpty(value));
    if (isEmpty(value)) return;
    save.mutate(
      { path: item.path, value },
      {
        onSuccess: () => {
          say(m.item_saved({ name: item.label }));
          go(addressOf('information'));
        },
      },
    );
  };
  return (
    <WalletPage title={item.label} lede={item.help} back={back()}>
      {isMarked && isEmpty(value) && <ErrorSummary heading={shared.problem()} happened={m.item_incomplete()} todo={m.item_incomplete_do()} />}
      <Failure error={save.error} />
      {isEditable(item) ? (
        <form className="form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
          <ItemEditor item={item} onChange={setValue} isMarked={isMarked} />
          <Actions>
            <Button type="submit" isBusy={save.isPending}>{m.item_save()}</Button>
            {item.value !== null && <Remove item={item} />}
          </Actions>
        </form>
      ) : (
        <>
          <ItemValue path={item.path} value={item.value} />
          <Remove item={item} />
        </>
      )}
      <WhoSees item={item} />
    </WalletPage>
  );
}

/** Nothing is said, or something is missing. */
function isEmpty(value: Json | undefined): value is null | undefined {
  return value === null || value === undefined;
}

function Remove({ item }: { item: DataItem }) {
  const [isAsked, setIsAsked] = useState(false);
  const remove = useAct('data_remove');
  const say = useToast();
  const confirmed = () => {
    remove.mutate(
      { path: item.path },
      {
        onSuccess: () => {
          say(m.item_removed({ name: item.label }));
          go(addressOf('information'));
        },
      },
    );
  };
  return (
    <>
      <Button kind="quiet" icon="bin" onPress={() => { setIsAsked(true); }}>{m.item_remove()}</Button>
      <ConfirmDialog
        heading={m.item_remove_heading({ name: item.label })}
        isOpen={isAsked}
        onClose={() => { setIsAsked(false); }}
        confirm={m.item_remove()}
        kind="danger"
        isBusy={remove.isPending}
        onConfirm={confirmed}
      >
        <p>{item.seen_by.length > 0 ? m.item_remove_seen() : m.item_remove_text()}</p>
        <Failure error={remove.error} />
      </ConfirmDialog>
    </>
  );
}

function NoItem() {
  return (
    <WalletPage title={m.item_unknown()} back={back()}>
      <p>{m.item_unknown_text()}</p>
    </WalletPage>
  );
}
