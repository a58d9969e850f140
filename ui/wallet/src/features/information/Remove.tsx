// Removing an item, after one confirmation.
import { Button, ConfirmDialog, useToast } from '@assent/shared';
import { useState } from 'react';
import { Failure } from '../../frame/Answered';
import type { DataItem } from '../../host/host';
import { useAct } from '../../session/ask';
import { addressOf, go } from '../../session/route';
import { m } from '../../words/messages';

export function Remove({ item }: { item: DataItem }) {
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
