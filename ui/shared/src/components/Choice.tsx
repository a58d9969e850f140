// Things to choose from: ticks, one of a few, one of many.
import { useId } from 'react';
import type { ReactNode } from 'react';

interface CheckboxProps {
  label: ReactNode;
  isSelected: boolean;
  onChange: (isSelected: boolean) => void;
  help?: ReactNode;
  isDisabled?: boolean;
}

/** A tick. */
export function Checkbox({ label, isSelected, onChange, help, isDisabled = false }: CheckboxProps) {
  const id = useId();
  return (
    <div className="choice">
      <input
        type="checkbox"
        id={id}
        checked={isSelected}
        disabled={isDisabled}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={(event) => {
          onChange(event.currentTarget.checked);
        }}
      />
      <label htmlFor={id}>{label}</label>
      {help !== undefined && <p className="help" id={`${id}-help`}>{help}</p>}
    </div>
  );
}

export interface Option<V extends string> {
  value: V;
  label: string;
  help?: string;
}

interface OneOfProps<V extends string> {
  label: string;
  options: readonly Option<V>[];
  value: V | null;
  onChange: (value: V) => void;
  help?: ReactNode;
  error?: string | null;
}

/** One of a few, all of them in sight. */
export function RadioGroup<V extends string>({ label, options, value, onChange, help, error }: OneOfProps<V>) {
  const id = useId();
  const described = [help !== undefined && `${id}-help`, error != null && `${id}-error`].filter(Boolean).join(' ');
  return (
    <fieldset className="choices" aria-describedby={described === '' ? undefined : described}>
      <legend>{label}</legend>
      {help !== undefined && <p className="help" id={`${id}-help`}>{help}</p>}
      {error != null && <p className="field-error" id={`${id}-error`}>{error}</p>}
      {options.map((option) => (
        <div className="choice" key={option.value}>
          <input
            type="radio"
            id={`${id}-${option.value}`}
            name={id}
            checked={option.value === value}
            aria-describedby={option.help === undefined ? undefined : `${id}-${option.value}-help`}
            onChange={() => {
              onChange(option.value);
            }}
          />
          <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
          {option.help !== undefined && <p className="help" id={`${id}-${option.value}-help`}>{option.help}</p>}
        </div>
      ))}
    </fieldset>
  );
}

interface SelectProps<V extends string> extends Omit<OneOfProps<V>, 'value'> {
  value: V;
  isLabelHidden?: boolean;
}

/** One of many, with the platform's own list. */
export function Select<V extends string>({ label, options, value, onChange, help, error, isLabelHidden = false }: SelectProps<V>) {
  const id = useId();
  const described = [help !== undefined && `${id}-help`, error != null && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : undefined}>{label}</label>
      {help !== undefined && <p className="help" id={`${id}-help`}>{help}</p>}
      {error != null && <p className="field-error" id={`${id}-error`}>{error}</p>}
      <select
        id={id}
        value={value}
        aria-invalid={error != null || undefined}
        aria-describedby={described === '' ? undefined : described}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>{option.label}</option>
        ))}
      </select>
    </div>
  );
}
