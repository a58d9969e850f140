// What each kind of incident is called.
import type { IncidentKind } from '../../host/types';
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

/** The names of a closed list, as options to choose from. */
export function options<V extends string>(names: Record<V, () => string>): { value: V; label: string }[] {
  return (Object.keys(names) as V[]).map((value) => ({ value, label: names[value]() }));
}
