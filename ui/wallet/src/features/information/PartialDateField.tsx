// Day, month and year, of which some may not be known. What is wrong with them is said once, and marks all three.
import { TextField } from '@assent/shared';
import { useId, useState } from 'react';
import { m } from '../../words/messages';
import { dateOf, partsOf } from './partialDate';

interface PartialDateFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  isWrong?: boolean;
}

export function PartialDateField({ label, value, onChange, isWrong = false }: PartialDateFieldProps) {
  const id = useId();
  const [parts, setParts] = useState(() => partsOf(value));
  const change = (name: keyof typeof parts) => (part: string) => {
    const next = { ...parts, [name]: part };
    setParts(next);
    onChange(dateOf(next));
  };
  const part = (name: keyof typeof parts) =>
    ({ inputMode: 'numeric', width: 'short', value: parts[name], onChange: change(name), faultId: isWrong ? `${id}-error` : undefined }) as const;
  return (
    <fieldset className="partial-date" aria-describedby={`${id}-help`}>
      <legend>{label}</legend>
      <p className="help" id={`${id}-help`}>{m.date_help()}</p>
      {isWrong && <p className="field-error" id={`${id}-error`}>{m.date_wrong()}</p>}
      <div>
        <TextField label={m.date_day()} {...part('day')} />
        <TextField label={m.date_month()} {...part('month')} />
        <TextField label={m.date_year()} {...part('year')} />
      </div>
    </fieldset>
  );
}
