// Writing down what a request asks for, without leaving it: a text, or the codes that fit. What has more parts
// than that is written under My information.
import { Actions, Button, Card, Checkbox, ErrorSummary, TextField, useLanguage } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import { useState } from 'react';
import { Answered, Failure, faultOf } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { DataItem, Json } from '../../host/host';
import { useAct, useFreshAnswer } from '../../session/ask';
import { choose } from '../../session/asked';
import { addressOf, go } from '../../session/route';
import { m } from '../../words/messages';

interface WriteStepProps {
  path: string;
  label: string;
  agency: string;
  saved: () => void;
  leave: () => void;
}

export function WriteStep(props: WriteStepProps) {
  const { language } = useLanguage();
  const data = useFreshAnswer('data_list', { lang: language });
  return (
    <Answered query={data}>
      {({ sections }) => {
        const item = sections.flatMap(({ items }) => items).find(({ path }) => path === props.path);
        const isFile = props.path.startsWith('documents.');
        return (
          <WalletPage title={props.label} lede={m.requests_write_lede({ agency: props.agency })}>
            {item === undefined || isFile ? <Elsewhere {...props} /> : <Way item={item} {...props} />}
          </WalletPage>
        );
      }}
    </Answered>
  );
}

/** Whether a text or some codes can say all of it, and would overwrite nothing that has more parts. */
function isPlain({ value, codes, path }: DataItem): boolean {
  if (value === null) return codes.length > 0 || !['home.geo', 'home.key_safe'].includes(path);
  return typeof value === 'string';
}

/** The way is chosen once: what is saved meanwhile does not change it. */
function Way({ item, ...props }: WriteStepProps & { item: DataItem }) {
  const [isHere] = useState(() => isPlain(item));
  return isHere ? <Form item={item} {...props} /> : <Elsewhere {...props} />;
}

function Form({ item, saved, leave }: WriteStepProps & { item: DataItem }) {
  const { mutate, isPending, error } = useAct('data_set');
  const [text, setText] = useState(typeof item.value === 'string' ? item.value : '');
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [isEmpty, setIsEmpty] = useState(false);
  const fault = faultOf(error, 'value');
  const save = () => {
    const value: Json = item.codes.length > 0 ? codes.map((code) => ({ code })) : text.trim();
    if (value.length === 0) setIsEmpty(true);
    else mutate({ path: item.path, value }, { onSuccess: saved });
  };
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) save();
      }}
    >
      {isEmpty && <ErrorSummary heading={shared.problem()} happened={m.requests_write_empty()} todo={m.requests_write_empty_do()} />}
      {fault === null && <Failure error={error} />}
      <Card>
        {item.codes.length > 0 ? (
          <Codes item={item} chosen={codes} onChange={setCodes} />
        ) : (
          <TextField label={m.requests_write_label()} help={item.help} value={text} onChange={setText} error={fault} rows={2} />
        )}
      </Card>
      <Actions>
        <Button type="submit" isBusy={isPending}>{m.requests_write_save()}</Button>
        <Button kind="quiet" icon="back" onPress={leave}>{m.requests_back()}</Button>
      </Actions>
    </form>
  );
}

interface CodesProps {
  item: DataItem;
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}

function Codes({ item, chosen, onChange }: CodesProps) {
  return (
    <fieldset className="choices">
      <legend>{m.requests_write_codes()}</legend>
      <p className="help">{item.help}</p>
      {item.codes.map(({ code, label }) => (
        <Checkbox
          key={code}
          label={label}
          isSelected={chosen.includes(code)}
          onChange={(isChosen) => {
            onChange(isChosen ? [...chosen, code] : chosen.filter((each) => each !== code));
          }}
        />
      ))}
    </fieldset>
  );
}

function Elsewhere({ path, leave }: WriteStepProps) {
  const isFile = path.startsWith('documents.');
  return (
    <>
      <p>{isFile ? m.requests_write_file() : m.requests_write_long()}</p>
      <Actions>
        <Button
          icon={isFile ? 'file' : 'pencil'}
          onPress={() => {
            choose({ writing: path });
            go(addressOf('item', { path }));
          }}
        >
          {isFile ? m.requests_write_file_open() : m.requests_write_open()}
        </Button>
        <Button kind="quiet" icon="back" onPress={leave}>{m.requests_back()}</Button>
      </Actions>
    </>
  );
}
