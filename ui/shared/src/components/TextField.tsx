// Fields to type into: a label above, help below it, and the fault where there is one.
import { useState } from 'react';
import type { ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextArea, TextField as Field } from 'react-aria-components';
import { m } from '../words/messages';

export interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: ReactNode;
  /** What is wrong with it; the field is marked. */
  error?: string | null;
  /** Marked, where what is wrong is said elsewhere: there, by its id. */
  faultId?: string | undefined;
  name?: string;
  type?: 'text' | 'email' | 'tel' | 'url' | 'search';
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'url';
  autoComplete?: string;
  /** More than one row makes it a large field. */
  rows?: number;
  isOptional?: boolean;
  /** How wide what belongs there is. */
  width?: 'short' | 'medium' | 'full';
  autoFocus?: boolean;
  spellCheck?: boolean;
  lang?: string;
}

/** One line, or several. */
export function TextField({ label, help, error, faultId, rows = 1, isOptional = false, width = 'full', spellCheck, ...rest }: TextFieldProps) {
  const hints = { spellCheck: spellCheck ?? rows > 1, autoCapitalize: 'off' } as const;
  return (
    <Field
      {...given({ ...rest, 'aria-describedby': faultId })}
      className={`field ${width}`}
      isInvalid={isThere(error) || faultId !== undefined}
      validationBehavior="aria"
    >
      <FieldLabel label={label} isOptional={isOptional} />
      <Help>{help}</Help>
      <FieldError className="field-error">{error}</FieldError>
      {rows > 1 ? <TextArea rows={rows} {...hints} /> : <Input {...hints} />}
    </Field>
  );
}

type PasswordFieldProps = Pick<TextFieldProps, 'label' | 'value' | 'onChange' | 'help' | 'error' | 'autoFocus' | 'name'> & {
  autoComplete: 'current-password' | 'new-password';
};

/** A passphrase, which can be looked at while it is typed. */
export function PasswordField({ label, help, error, ...rest }: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false);
  return (
    <Field {...given(rest)} type={isShown ? 'text' : 'password'} className="field" isInvalid={isThere(error)} validationBehavior="aria">
      <FieldLabel label={label} />
      <Help>{help}</Help>
      <FieldError className="field-error">{error}</FieldError>
      <div className="password">
        <Input spellCheck={false} autoCapitalize="off" autoCorrect="off" />
        <button
          type="button"
          className="button second"
          aria-label={isShown ? m.password_hide() : m.password_show()}
          onClick={() => {
            setIsShown(!isShown);
          }}
        >
          {isShown ? m.hide() : m.show()}
        </button>
      </div>
    </Field>
  );
}

export function FieldLabel({ label, isOptional = false }: { label: string; isOptional?: boolean }) {
  return (
    <Label>
      {label}
      {isOptional && <span className="optional"> {m.optional()}</span>}
    </Label>
  );
}

export function Help({ children }: { children: ReactNode }) {
  return isThere(children) ? <Text slot="description" className="help">{children}</Text> : null;
}

function isThere(value: ReactNode): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Without what was not given: an absent property and an undefined one are not the same here. */
function given<T extends object>(properties: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const kept = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as { [K in keyof T]: Exclude<T[K], undefined> };
}
