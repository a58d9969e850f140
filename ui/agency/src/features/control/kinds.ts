// What each kind of incident, and each reason to open, is called.
import type { IncidentKind, OpenReason } from '../../host/types';
import { m } from '../../words/messages';

export const KIND_NAMES: Record<IncidentKind, () => string> = {
  medical: m.kind_medical,
  fire: m.kind_fire,
  weather: m.kind_weather,
  'missing-person': m.kind_missing,
  welfare: m.kind_welfare,
  crime: m.kind_crime,
  traffic: m.kind_traffic,
  other: m.kind_other,
};

export const REASON_NAMES: Record<OpenReason, () => string> = {
  call: m.reason_call,
  dispatch: m.reason_dispatch,
  'on-scene': m.reason_scene,
  search: m.reason_search,
  'welfare-check': m.reason_welfare,
  evacuation: m.reason_evacuation,
};

/** The names of a closed list, as options to choose from. */
export function options<V extends string>(names: Record<V, () => string>): { value: V; label: string }[] {
  return (Object.keys(names) as V[]).map((value) => ({ value, label: names[value]() }));
}

/** A reason in words; a code that this version does not know as it stands. */
export function reasonWords(code: string): string {
  return (REASON_NAMES as Readonly<Record<string, () => string>>)[code]?.() ?? code;
}
