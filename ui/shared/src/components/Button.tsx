// Buttons, and links that look like them.
import type { ReactNode } from 'react';
import { m } from '../words/messages';
import { Icon } from './Icon';
import type { IconName } from './Icon';

export type ButtonKind = 'main' | 'second' | 'quiet' | 'danger';

interface Look {
  children: ReactNode;
  kind?: ButtonKind;
  icon?: IconName;
}

interface ButtonProps extends Look {
  onPress?: () => void;
  type?: 'button' | 'submit';
  /** Work is under way: pressing again does nothing, and a screen reader is told. */
  isBusy?: boolean;
  isDisabled?: boolean;
  /** Says more than the words on it, where there are several alike. */
  label?: string;
}

/** Does something. Busy buttons keep the focus. */
export function Button({ children, kind = 'main', icon, onPress, type = 'button', isBusy = false, isDisabled = false, label }: ButtonProps) {
  return (
    <button
      type={type}
      className={`button ${kind}`}
      aria-label={label}
      aria-disabled={isBusy || undefined}
      disabled={isDisabled}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onPress?.();
      }}
    >
      {isBusy ? <span className="spinner" aria-hidden="true" /> : icon !== undefined && <Icon name={icon} />}
      {children}
      {isBusy && <span className="visually-hidden">{m.busy()}</span>}
    </button>
  );
}

interface LinkButtonProps extends Look {
  href: string;
}

/** Leads somewhere. */
export function LinkButton({ children, kind = 'main', icon, href }: LinkButtonProps) {
  return (
    <a className={`button ${kind}`} href={href}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </a>
  );
}

/** Buttons in a row, the main one first; below each other where it is narrow. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className="actions">{children}</div>;
}
