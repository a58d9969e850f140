// The papers for a complaint or an erasure request, in one press: a folder with each consent, its proofs and what happened.
import { Actions, Button, Notice, useLanguage } from '@assent/shared';
import { Failure } from '../frame/Answered';
import { useAct } from '../session/ask';
import { m } from '../words/messages';

export function Evidence() {
  const { language } = useLanguage();
  const save = useAct('evidence_bundle');
  return (
    <>
      <Failure error={save.error} />
      {save.data === undefined ? (
        <Actions>
          <Button kind="second" icon="download" isBusy={save.isPending} onPress={() => { save.mutate({ lang: language }); }}>
            {m.part_evidence_save()}
          </Button>
        </Actions>
      ) : (
        <Notice kind="success" isLive heading={m.part_evidence_saved()}><p><code>{save.data.path}</code></p></Notice>
      )}
    </>
  );
}
