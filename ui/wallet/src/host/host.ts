// The one place that knows how to reach the program behind the window.
import { invoke } from '@tauri-apps/api/core';
import { toHostError } from './error';
import type { Commands } from './gen/commands';
import { http } from './http';

export { HostError } from './error';
export type * from './gen/commands';
export type { JsonValue as Json } from './gen/commands';

export type CommandName = keyof Commands;
/** What a command asks for. */
export type Ask<C extends CommandName> = Commands[C]['ask'];
/** What a command answers. */
export type Answer<C extends CommandName> = Commands[C]['answer'];

/** Carries a command's question to the program and brings its answer, or throws its refusal. */
export type Transport = (command: CommandName, ask: unknown) => Promise<unknown>;

const tauri: Transport = (command, ask) => invoke(command, { ask });

// The test host's transport is left out of the window that is shipped: the mode is known when it is built.
let transport: Transport = import.meta.env.MODE === 'devhost' ? http : tauri;

/** Asks the program. Rejects with a HostError, and with nothing else. */
export async function call<C extends CommandName>(command: C, ask: Ask<C>): Promise<Answer<C>> {
  try {
    return (await transport(command, ask)) as Answer<C>;
  } catch (answer) {
    throw toHostError(answer);
  }
}

/** Puts another program behind the window: for tests. */
export function reachThrough(other: Transport): void {
  transport = other;
}
