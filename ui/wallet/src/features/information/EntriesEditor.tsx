// A value that is an object or a list of objects: one group of fields for each.
import { Button, Checkbox } from '@assent/shared';
import { useState } from 'react';
import { m } from '../../words/messages';
import { MemberField } from './MemberField';
import { NEW, draftsOf, isMembers, missingOf, valueOf } from './draft';
import type { Draft } from './draft';
import type { EditorProps } from './editor';
import type { EntryForm } from './forms';

const NONE_KNOWN = 'none-known';

export function EntriesEditor({ item, onChange, isMarked, isRefused, form }: EditorProps & { form: EntryForm }) {
  const [isNone, setIsNone] = useState(() => saysNone(item.value));
  const [drafts, setDrafts] = useState<Keyed[]>(() => keyed(isNone ? [] : draftsOf(form, item.value)));

  const tell = (next: Keyed[], none: boolean) => {
    setDrafts(next);
    setIsNone(none);
    if (none && form.none !== undefined) onChange([{ text: form.none(), absent: NONE_KNOWN }]);
    else onChange(next.some(({ draft }) => missingOf(form, draft).length > 0) ? undefined : valueOf(form, next.map(({ draft }) => draft)));
  };
  const change = (key: number, draft: Draft) => {
    tell(drafts.map((each) => (each.key === key ? { key, draft } : each)), false);
  };
  return (
    <>
      {form.none !== undefined && (
        <Checkbox
          label={form.none()}
          isSelected={isNone}
          onChange={(none) => {
            tell(drafts, none);
          }}
        />
      )}
      {!isNone &&
        drafts.map(({ key, draft }, at) => (
          <fieldset className="entry-fields" key={key}>
            <legend className={form.isList ? undefined : 'visually-hidden'}>{form.isList ? m.entry_number({ name: item.label, number: at + 1 }) : item.label}</legend>
            <EntryFields form={form} draft={draft} isMarked={isMarked} isRefused={isRefused} onChange={(next) => { change(key, next); }} />
            {form.isList && drafts.length > 1 && (
              <Button kind="quiet" icon="bin" label={m.entry_remove_named({ number: at + 1 })} onPress={() => { tell(drafts.filter((each) => each.key !== key), false); }}>
                {m.entry_remove()}
              </Button>
            )}
          </fieldset>
        ))}
      {form.isList && !isNone && (
        <Button kind="second" icon="plus" onPress={() => { setDrafts([...drafts, { key: nextKey(drafts), draft: NEW }]); }}>
          {m.entry_add()}
        </Button>
      )}
    </>
  );
}

interface EntryFieldsProps {
  form: EntryForm;
  draft: Draft;
  isMarked: boolean;
  isRefused: boolean;
  onChange: (draft: Draft) => void;
}

function EntryFields({ form, draft, isMarked, isRefused, onChange }: EntryFieldsProps) {
  const missing = isMarked ? missingOf(form, draft) : [];
  return form.members.map((member) => (
    <MemberField
      key={member.name}
      member={member}
      value={draft.fields[member.name] ?? ''}
      isMissing={missing.includes(member.name)}
      isRefused={isRefused}
      onChange={(value) => {
        onChange({ ...draft, fields: { ...draft.fields, [member.name]: value } });
      }}
    />
  ));
}

interface Keyed {
  key: number;
  draft: Draft;
}

/** At least one group of fields, so that there is somewhere to type. */
function keyed(drafts: Draft[]): Keyed[] {
  return (drafts.length === 0 ? [NEW] : drafts).map((draft, key) => ({ key, draft }));
}

function nextKey(drafts: Keyed[]): number {
  return Math.max(-1, ...drafts.map(({ key }) => key)) + 1;
}

function saysNone(value: EditorProps['item']['value']): boolean {
  return Array.isArray(value) && value.some((entry) => isMembers(entry) && entry.absent === NONE_KNOWN);
}
