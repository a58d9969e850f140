// A file that others made: what is in it is shown before anything is written down, and what has no place too.
import { Actions, Button, Card, Disclosure, FileField, LinkButton, Notice, Tag, useLanguage } from '@assent/shared';
import { useState } from 'react';
import { Failure, faultOf } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Imported, LeftOut, Taken } from '../../host/host';
import { ItemValue } from '../../parts/ItemValue';
import { useAct } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import { textOf } from './textOf';

export function ImportPage() {
  const { language } = useLanguage();
  const [text, setText] = useState('');
  const [name, setName] = useState<string | null>(null);
  const preview = useAct('data_preview');
  const write = useAct('data_import');
  const look = async (file: File) => {
    write.reset();
    setName(file.name);
    const read = await textOf(file);
    setText(read);
    preview.mutate({ text: read, lang: language });
  };
  if (write.data !== undefined) return <Done imported={write.data} />;
  return (
    <WalletPage title={m.import_heading()} lede={m.import_lede()} back={{ href: addressOf('information'), title: m.nav_information() }}>
      <Failure error={preview.error ?? write.error} />
      <FileField
        label={m.import_file()}
        help={m.import_file_help()}
        accept=".vcf,.vcard,.json,text/vcard,application/json,application/fhir+json"
        onFile={(file) => void look(file)}
        chosen={name}
        error={faultOf(preview.error, 'file')}
      />
      {preview.data !== undefined && (
        <>
          <Notice kind="info" heading={m.import_summary({ taken: preview.data.taken.length, left: preview.data.left_out.length })} isLive>
            <p>{m.import_nothing_yet()}</p>
          </Notice>
          <Actions>
            {preview.data.taken.length > 0 && (
              <Button isBusy={write.isPending} onPress={() => { write.mutate({ text, lang: language }); }}>{m.import_write()}</Button>
            )}
            <LinkButton kind="quiet" href={addressOf('information')}>{m.import_leave()}</LinkButton>
          </Actions>
          <Found imported={preview.data} />
        </>
      )}
    </WalletPage>
  );
}

function Found({ imported: { taken, left_out } }: { imported: Imported }) {
  return (
    <>
      <Card heading={taken.length === 1 ? m.import_taken_one() : m.import_taken({ count: taken.length })}>
        {taken.length === 0 ? (
          <p>{m.import_nothing()}</p>
        ) : (
          <ul className="items">
            {taken.map((each) => (
              <TakenItem key={each.path} taken={each} />
            ))}
          </ul>
        )}
      </Card>
      {left_out.length > 0 && <Card heading={leftWords(left_out.length)}><LeftOutList parts={left_out} /></Card>}
    </>
  );
}

function TakenItem({ taken }: { taken: Taken }) {
  return (
    <li>
      <div className="item-head">
        <h3>{taken.label}</h3>
        {taken.before !== null && <Tag tone="warn">{m.import_replaces()}</Tag>}
      </div>
      <ItemValue path={taken.path} value={taken.value} />
      {taken.before !== null && (
        <Disclosure summary={m.import_before()}>
          <ItemValue path={taken.path} value={taken.before} />
        </Disclosure>
      )}
    </li>
  );
}

function LeftOutList({ parts }: { parts: readonly LeftOut[] }) {
  return (
    <>
      <p>{m.import_left_text()}</p>
      <ul className="left-out">
        {parts.map((part, at) => (
          <li key={`${at.toString()} ${part.place}`}>
            <p>{part.what}</p>
            <p className="help">{part.why}</p>
            <p className="help"><code>{part.place}</code></p>
          </li>
        ))}
      </ul>
    </>
  );
}

function leftWords(count: number): string {
  return count === 1 ? m.import_left_one() : m.import_left({ count });
}

function Done({ imported }: { imported: Imported }) {
  return (
    <WalletPage title={m.import_done_heading()} back={{ href: addressOf('information'), title: m.nav_information() }}>
      <Notice kind="success" heading={imported.taken.length === 1 ? m.import_done_one() : m.import_done({ count: imported.taken.length })} isLive>
        <p>{m.import_done_text()}</p>
      </Notice>
      <Actions>
        <LinkButton href={addressOf('information')}>{m.import_see()}</LinkButton>
        <LinkButton kind="second" href={addressOf('home')}>{m.import_home()}</LinkButton>
      </Actions>
      {imported.left_out.length > 0 && (
        <Disclosure summary={leftWords(imported.left_out.length)}>
          <LeftOutList parts={imported.left_out} />
        </Disclosure>
      )}
    </WalletPage>
  );
}
