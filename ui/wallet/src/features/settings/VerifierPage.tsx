// Another consent service, or the first.
import { Actions, Button, Notice, TextField, useLanguage, useToast } from '@assent/shared';
import { useState } from 'react';
import { Answered, Failure, faultOf } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import { useAct, useAnswer } from '../../session/ask';
import { addressOf, go } from '../../session/route';
import { useAbout } from '../../session/Session';
import { m } from '../../words/messages';

export function VerifierPage() {
  useLanguage();
  const settings = useAnswer('settings', {});
  const suggested = useAbout().data?.suggested_verifier ?? '';
  return (
    <WalletPage title={m.service_heading()} lede={m.service_lede()} back={{ href: addressOf('settings'), title: m.nav_settings() }}>
      <Answered query={settings}>{({ verifier }) => <ServiceForm now={verifier} first={verifier ?? suggested} />}</Answered>
    </WalletPage>
  );
}

function ServiceForm({ now, first }: { now: string | null; first: string }) {
  const [url, setUrl] = useState(first);
  const name = useAct('verifier_set');
  const say = useToast();
  const submit = () => {
    name.mutate(
      { url },
      {
        onSuccess: () => {
          say(m.service_set());
          go(addressOf('settings'));
        },
      },
    );
  };
  return (
    <>
      <Failure error={name.error} />
      {now !== null && <Notice kind="warning"><p>{m.service_change_note()}</p></Notice>}
      <form className="form" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <TextField
          label={m.service_address()}
          help={m.service_address_help()}
          type="url"
          inputMode="url"
          autoComplete="off"
          value={url}
          onChange={setUrl}
          error={faultOf(name.error, 'url')}
        />
        <Actions>
          <Button type="submit" isBusy={name.isPending}>{m.service_use()}</Button>
        </Actions>
      </form>
    </>
  );
}
