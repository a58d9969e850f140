// Needs by code: a tick for each, and room for what helps.
import { Checkbox, TextField } from '@assent/shared';
import { useState } from 'react';
import type { Json } from '../../host/host';
import { m } from '../../words/messages';
import { isMembers } from './draft';
import type { EditorProps } from './editor';

type Need = { [member: string]: Json };

export function NeedsEditor({ item, onChange }: EditorProps) {
  const [needs, setNeeds] = useState<Need[]>(() => (Array.isArray(item.value) ? item.value.filter(isMembers) : []));
  const tell = (next: Need[]) => {
    setNeeds(next);
    onChange(next.length === 0 ? null : next.map(trimmed));
  };
  return (
    <fieldset className="choices">
      <legend>{m.needs_legend()}</legend>
      {item.codes.map(({ code, label }) => {
        const need = needs.find((each) => each.code === code);
        return (
          <div key={code} className="need">
            <Checkbox
              label={label}
              isSelected={need !== undefined}
              onChange={(isSelected) => {
                tell(isSelected ? [...needs, { code }] : needs.filter((each) => each.code !== code));
              }}
            />
            {need !== undefined && (
              <TextField
                label={m.needs_note({ need: label })}
                isOptional
                value={typeof need.note === 'string' ? need.note : ''}
                onChange={(note) => {
                  tell(needs.map((each) => (each.code === code ? { ...each, note } : each)));
                }}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

function trimmed({ note, ...need }: Need): Need {
  return typeof note === 'string' && note.trim() !== '' ? { ...need, note: note.trim() } : need;
}
