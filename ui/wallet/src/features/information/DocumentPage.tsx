// A file beside the information: added, looked at, named anew, replaced, saved as a copy, removed.
import { Actions, Button, Card, FileField, Notice, Progress, SummaryList, TextField, useFormat, useLanguage, useToast, valueLines } from '@assent/shared';
import { useState } from 'react';
import { Answered, Failure, faultOf } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { DataItem, Json } from '../../host/host';
import { HostError } from '../../host/host';
import { useValueWords } from '../../parts/ItemValue';
import { useAct, useAnswer } from '../../session/ask';
import { useAbout } from '../../session/Session';
import { m } from '../../words/messages';
import { ENDINGS, MOST_TOLD, UnreadableFile, faultOfFile, newPath, titleOf } from './document';
import type { FileFault } from './document';
import { isMembers } from './draft';
import { Remove } from './Remove';
import { useAttach } from './useAttach';
import { useWayBack } from './wayBack';
import type { WayBack } from './wayBack';
import { WhoSees } from './WhoSees';

/** A file that is not there yet; at a path of its own, or at the one that somebody asks for. */
export function AddDocumentPage({ path }: { path?: string }) {
  const { language } = useLanguage();
  const data = useAnswer('data_list', { lang: language });
  const back = useWayBack(path ?? null);
  return (
    <WalletPage title={m.document_heading()} lede={m.document_lede()} back={back.link}>
      {path !== undefined && <Notice heading={m.document_asked({ name: path.replace('documents.', '') })} />}
      <Answered query={data}>
        {({ sections }) => (
          <DocumentForm back={back} pathOf={(title) => path ?? newPath(title, sections.flatMap(({ items }) => items).map((item) => item.path))} />
        )}
      </Answered>
    </WalletPage>
  );
}

/** A file that is there. */
export function DocumentPage({ item }: { item: DataItem }) {
  const words = useValueWords();
  const [line] = item.value === null ? [] : valueLines(item.path, item.value, words);
  const back = useWayBack(item.path);
  const [kind = '', size = ''] = line?.notes ?? [];
  const facts = [
    { term: m.document_fact_kind(), detail: kind },
    { term: m.document_fact_size(), detail: size },
  ];
  return (
    <WalletPage title={item.label} lede={m.document_kept()} back={back.link}>
      <Card heading={m.document_fact_heading()}>
        <SummaryList facts={facts} />
        <SaveCopy path={item.path} />
      </Card>
      <WhoSees item={item} />
      <Card heading={m.document_change_heading()}>
        <DocumentForm kept={item} back={back} pathOf={() => item.path} />
      </Card>
    </WalletPage>
  );
}

function SaveCopy({ path }: { path: string }) {
  const save = useAct('attachment_save');
  const choose = useAbout().data?.can_choose ?? false;
  return (
    <>
      <Failure error={save.error} />
      {save.data !== undefined && (
        <Notice kind="success" heading={m.part_saved_at()} isLive>
          <p><code>{save.data.path}</code></p>
        </Notice>
      )}
      <Actions>
        <Button kind="second" icon="download" isBusy={save.isPending} onPress={() => { save.mutate({ path, choose }); }}>
          {m.document_save_copy()}
        </Button>
      </Actions>
    </>
  );
}

interface DocumentFormProps {
  /** The file that is there, and stays unless another is chosen. */
  kept?: DataItem;
  pathOf: (title: string) => string;
  back: WayBack;
}

function DocumentForm({ kept, pathOf, back }: DocumentFormProps) {
  const [file, setFile] = useState<File | null>(null);
  const [title, setTitle] = useState(kept?.label ?? '');
  const [fault, setFault] = useState<FileFault | 'missing' | null>(null);
  const attach = useAttach();
  const rename = useAct('data_set');
  const { size } = useFormat();
  const say = useToast();
  const name = title.trim() === '' && file !== null ? titleOf(file) : title.trim();
  const refused = attach.error instanceof HostError ? attach.error : rename.error;

  const choose = (chosen: File) => {
    const found = faultOfFile(chosen);
    attach.reset();
    setFault(found);
    setFile(chosen);
    if (found === null && title.trim() === '') setTitle(titleOf(chosen));
  };
  const done = () => {
    say(m.item_saved({ name }));
    back.take();
  };
  const submit = () => {
    if (attach.isPending || rename.isPending) return;
    if (file !== null && faultOfFile(file) === null) attach.mutate({ file, title: name, path: pathOf(name) }, { onSuccess: done });
    else if (file === null && kept !== undefined) rename.mutate({ path: kept.path, value: named(kept.value, name) }, { onSuccess: done });
    else setFault(file === null ? 'missing' : faultOfFile(file));
  };
  return (
    <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); submit(); }}>
      {refused !== null && refused.field !== 'file' && <Failure error={refused} />}
      <FileField
        label={kept === undefined ? m.document_file() : m.document_file_other()}
        help={m.document_file_help({ size: size(MOST_TOLD) })}
        accept={ENDINGS}
        onFile={choose}
        chosen={file === null ? null : `${file.name} (${size(file.size)})`}
        error={fileFault(attach.error instanceof UnreadableFile ? 'unreadable' : fault, file, size) ?? faultOf(refused, 'file')}
      />
      <TextField label={m.document_title()} help={m.document_title_help()} value={title} onChange={setTitle} autoComplete="off" />
      {attach.isPending && file !== null && (
        <Progress
          label={m.document_progress()}
          value={(100 * attach.received) / file.size}
          text={m.document_progress_of({ done: size(attach.received), all: size(file.size) })}
        />
      )}
      <Actions>
        <Button type="submit" isBusy={attach.isPending || rename.isPending}>{m.item_save()}</Button>
        {kept !== undefined && <Remove item={kept} />}
      </Actions>
    </form>
  );
}

/** The same file under another name. */
function named(value: Json | null, title: string): Json {
  return isMembers(value ?? undefined) ? { ...(value as object), title } : value;
}

function fileFault(fault: FileFault | 'missing' | null, file: File | null, size: (bytes: number) => string): string | null {
  switch (fault) {
    case null:
      return null;
    case 'missing':
      return m.document_missing();
    case 'empty':
      return m.document_empty();
    case 'too_large':
      return m.document_too_large({ size: size(file?.size ?? 0), most: size(MOST_TOLD) });
    case 'unreadable':
      return m.document_unreadable();
  }
}
