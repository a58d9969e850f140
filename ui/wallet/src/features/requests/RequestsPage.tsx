// Where a request comes in: pasted, as a file or picture, by camera, or by a link that was opened outside.
import { Actions, Button, Card, ErrorSummary, LinkButton, Notice, TextField } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { WalletPage } from '../../frame/WalletPage';
import { addressOf, go } from '../../session/route';
import { m } from '../../words/messages';
import { ask, useAsked } from '../../session/asked';
import { CameraWay } from './CameraWay';
import { FileWay } from './FileWay';
import { Incoming } from './Incoming';
import { SaidNo } from './SaidNo';

export interface Trouble {
  happened: string;
  todo: string;
}

/** Reads what came in: the next page shows it. */
function read(request: string): void {
  ask({ kind: 'request', request });
  go(addressOf('review'));
}

export function RequestsPage() {
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  return (
    <WalletPage title={m.requests_heading()} lede={m.requests_lede()}>
      {trouble !== null && <ErrorSummary key={trouble.happened} heading={shared.problem()} {...trouble} />}
      <Begun />
      <Incoming read={read} />
      <PasteForm read={read} />
      <Card heading={m.requests_other_ways()}>
        <FileWay read={read} fail={setTrouble} />
        <CameraWay read={read} fail={setTrouble} />
      </Card>
      <SaidNo />
      <Also />
    </WalletPage>
  );
}

/** A request that was left to look something up: it is where it was. */
function Begun() {
  const asked = useAsked();
  if (asked === null || asked.outcome !== null) return null;
  return (
    <Notice heading={m.requests_begun()}>
      <LinkButton kind="second" href={addressOf('review')}>{m.requests_begun_on()}</LinkButton>
    </Notice>
  );
}

function PasteForm({ read: open }: { read: (request: string) => void }) {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  return (
    <form
      className="card stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === '') setFault(m.requests_paste_empty());
        else open(text.trim());
      }}
    >
      <TextField
        label={m.requests_paste_label()}
        help={m.requests_paste_hint()}
        value={text}
        onChange={setText}
        error={fault}
        rows={3}
        spellCheck={false}
      />
      <Actions>
        <Button type="submit">{m.requests_read()}</Button>
      </Actions>
    </form>
  );
}

function Also(): ReactNode {
  return (
    <Card heading={m.requests_also()}>
      <Actions>
        <LinkButton kind="second" icon="share" href={addressOf('share')}>{m.requests_also_share()}</LinkButton>
        <LinkButton kind="second" icon="gift" href={addressOf('offers')}>{m.requests_also_offers()}</LinkButton>
      </Actions>
    </Card>
  );
}
