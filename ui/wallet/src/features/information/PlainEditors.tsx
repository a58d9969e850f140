// Values that are one thing: a text, a date, a blood group, languages in order.
import { Button, Select, TextField, useFormat } from '@assent/shared';
import { useState } from 'react';
import type { Json } from '../../host/host';
import { m } from '../../words/messages';
import { PartialDateField } from './PartialDateField';
import type { EditorProps } from './editor';

export function TextEditor({ item, onChange }: EditorProps) {
  const [text, setText] = useState(() => said(item.value));
  return (
    <TextField
      label={item.label}
      rows={5}
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(next.trim() === '' ? null : next.trim());
      }}
    />
  );
}

export function DateEditor({ item, onChange, isRefused }: EditorProps) {
  return (
    <PartialDateField
      label={item.label}
      value={said(item.value)}
      isWrong={isRefused}
      onChange={(next) => {
        onChange(next === '' ? null : next);
      }}
    />
  );
}

const BLOOD_GROUPS = ['A+', 'A-', 'A', 'B+', 'B-', 'B', 'AB+', 'AB-', 'AB', 'O+', 'O-', 'O'];

export function BloodGroupEditor({ item, onChange }: EditorProps) {
  const [group, setGroup] = useState(() => said(item.value));
  const options = BLOOD_GROUPS.map((value) => ({ value, label: /[+-]$/.test(value) ? value : m.blood_no_rhesus({ group: value }) }));
  return (
    <Select
      label={item.label}
      options={[{ value: '', label: m.field_not_said() }, ...options]}
      value={group}
      onChange={(next) => {
        setGroup(next);
        onChange(next === '' ? null : next);
      }}
    />
  );
}

/** Spoken or signed in Wales and England by many; others come with an import and stay. */
const LANGUAGES = ['en', 'cy', 'bfi', 'ar', 'bn', 'de', 'es', 'fa', 'fr', 'gu', 'it', 'lt', 'pa', 'pl', 'pt', 'ro', 'so', 'ta', 'tr', 'uk', 'ur', 'zh'];

export function LanguagesEditor({ item, onChange }: EditorProps) {
  const { locale } = useFormat();
  const [tags, setTags] = useState<string[]>(() => (Array.isArray(item.value) ? item.value.map(said) : []));
  const names = new Intl.DisplayNames(locale, { type: 'language' });
  const tell = (next: string[]) => {
    setTags(next);
    const chosen = next.filter((tag, at) => tag !== '' && next.indexOf(tag) === at);
    onChange(chosen.length === 0 ? null : chosen);
  };
  const rows = tags.length === 0 ? [''] : tags;
  return (
    <>
      {rows.map((tag, at) => (
        <Select
          key={at}
          label={at === 0 ? m.language_first() : m.language_next({ number: at + 1 })}
          value={tag}
          options={[{ value: '', label: m.field_not_said() }, ...[...new Set([...LANGUAGES, ...tags])].filter(Boolean).map((value) => ({ value, label: nameOf(names, value) }))]}
          onChange={(next) => {
            tell(rows.map((each, place) => (place === at ? next : each)));
          }}
        />
      ))}
      <Button kind="second" icon="plus" onPress={() => { setTags([...rows, '']); }}>{m.language_add()}</Button>
    </>
  );
}

function nameOf(names: Intl.DisplayNames, tag: string): string {
  if (tag === 'bfi') return m.language_bsl();
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

function said(value: Json | null): string {
  return typeof value === 'string' ? value : '';
}
