// Why the wallet is locked, where it was not the person who locked it: some pages ask for the passphrase once more,
// and a wrong one locks. The way in says so.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CommandName, HostError } from '../host/host';

/** The commands that lock before they ask. */
const PROVING: readonly CommandName[] = ['passphrase_change', 'phrase_show', 'destroy', 'device_unlock_set'];

export const WHY_LOCKED = ['why-locked'] as const;

/** Whether this refusal locked the wallet. */
export function hasLocked(command: CommandName, { code }: HostError): boolean {
  return code === 'wrong_passphrase' && PROVING.includes(command);
}

/** Whether a wrong passphrase locked the wallet just now; told once. */
export function useWasWrong(): boolean {
  const client = useQueryClient();
  const [wasWrong] = useState(() => client.getQueryData<boolean>(WHY_LOCKED) === true);
  return wasWrong;
}
