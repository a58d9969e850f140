// A day, typed part by part in the order of the language.
import { parseDate } from '@internationalized/date';
import type { ReactNode } from 'react';
import { DateField as Field, DateInput, DateSegment, FieldError } from 'react-aria-components';
import { FieldLabel, Help } from './TextField';

interface DateFieldProps {
  label: string;
  /** As in 2026-11-25. */
  value: string | null;
  onChange: (value: string | null) => void;
  help?: ReactNode;
  error?: string | null;
  min?: string;
  max?: string;
  isOptional?: boolean;
}

/** Asks for a day; an unfinished one is none. */
export function DateField({ label, value, onChange, help, error, min, max, isOptional = false }: DateFieldProps) {
  return (
    <Field
      className="field"
      value={value === null ? null : parseDate(value)}
      onChange={(day) => {
        onChange(day?.toString() ?? null);
      }}
      isInvalid={error != null}
      validationBehavior="aria"
      shouldForceLeadingZeros
      {...(min === undefined ? {} : { minValue: parseDate(min) })}
      {...(max === undefined ? {} : { maxValue: parseDate(max) })}
    >
      <FieldLabel label={label} isOptional={isOptional} />
      <Help>{help}</Help>
      <FieldError className="field-error">{error}</FieldError>
      <DateInput className="date">{(segment) => <DateSegment segment={segment} className="date-part" />}</DateInput>
    </Field>
  );
}
