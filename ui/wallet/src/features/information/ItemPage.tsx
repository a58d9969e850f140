// One item: what belongs there, its fields, and who can see it.
import { Actions, Button, ErrorSummary, useLanguage, useToast } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import { useState } from 'react';
import { Answered, Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { DataItem, Json } from '../../host/host';
import { useAct, useFreshAnswer } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { AddDocumentPage, DocumentPage } from './DocumentPage';
import { ItemEditor } from './ItemEditor';
import { Remove } from './Remove';
import { useWayBack } from './wayBack';
import { WhoSees } from './WhoSees';

export function ItemPage({ path }: { path: string }) {
  const { language } = useLanguage();
  const data = useFreshAnswer('data_list', { lang: language });
  return (
    <Answered query={data}>
      {({ sections }) => {
        const item = sections.flatMap(({ items }) => items).find((each) => each.path === path);
        if (item?.shape === 'attachment') return <DocumentPage key={path} item={item} />;
        if (item !== undefined) return <ItemForm key={path} item={item} />;
        return path.startsWith('documents.') ? <AddDocumentPage path={path} /> : <NoItem />;
      }}
    </Answered>
  );
}

function ItemForm({ item }: { item: DataItem }) {
  const [value, setValue] = useState<Json | undefined>(item.value);
  const [isMarked, setIsMarked] = useState(false);
  const save = useAct('data_set');
  const say = useToast();
  const back = useWayBack(item.path);
  const submit = () => {
    setIsMarked(isEmpty(value));
    if (isEmpty(value)) return;
    save.mutate(
      { path: item.path, value },
      {
        onSuccess: () => {
          say(m.item_saved({ name: item.label }));
          back.take();
        },
      },
    );
  };
  return (
    <WalletPage title={item.label} lede={item.help} back={back.link}>
      {isMarked && isEmpty(value) && <ErrorSummary heading={shared.problem()} happened={m.item_incomplete()} todo={m.item_incomplete_do()} />}
      <Failure error={save.error} />
      <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <ItemEditor item={item} onChange={setValue} isMarked={isMarked} isRefused={save.error?.field === 'value'} />
        <Actions>
          <Button type="submit" isBusy={save.isPending}>{m.item_save()}</Button>
          {item.value !== null && <Remove item={item} />}
        </Actions>
      </form>
      <WhoSees item={item} />
    </WalletPage>
  );
}

/** Nothing is said, or something is missing. */
function isEmpty(value: Json | undefined): value is null | undefined {
  return value === null || value === undefined;
}

function NoItem() {
  return (
    <WalletPage title={m.item_unknown()} back={{ href: addressOf('information'), title: m.nav_information() }}>
      <p>{m.item_unknown_text()}</p>
    </WalletPage>
  );
}
