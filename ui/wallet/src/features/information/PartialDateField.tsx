// Day, month and year, of which some may not be known.
import { TextField } from '@assent/shared';
import { useState } from 'react';
import { m } from '../../words/messages';
import { dateOf, partsOf } from './partialDate';

interface PartialDateFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

export function PartialDateField({ label, value, onChange }: PartialDateFieldProps) {
  const [parts, setParts] = useState(() => partsOf(value));
  const change = (name: keyof typeof parts) => (part: string) => {
    const next = { ...parts, [name]: part };
    setParts(next);
    onChange(dateOf(next));
  };
  return (
    <fieldset className="partial-date">
      <legend>{label}</legend>
      <p className="help">{m.date_help()}</p>
      <div>
        <TextField label={m.date_day()} inputMode="numeric" width="short" value={parts.day} onChange={change('day')} />
        <TextField label={m.date_month()} inputMode="numeric" width="short" value={parts.month} onChange={change('month')} />
        <TextField label={m.date_year()} inputMode="numeric" width="short" value={parts.year} onChange={change('year')} />
      </div>
    </fieldset>
  );
}
