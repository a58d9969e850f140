// What a crew has to know first: what can hurt or kill, then how to get in and who is there, then the person's
// health, and how to speak with them. The order follows the triage of fire and ambulance services.
import type { IconName } from '@assent/shared';
import type { FieldView } from '../../host/types';
import { m } from '../../words/messages';

/** A group of items: its name, its sign, and the beginnings of paths that belong to it. */
interface Group {
  id: 'danger' | 'allergy' | 'access' | 'inside' | 'needs' | 'medical' | 'speak' | 'person' | 'other';
  name: () => string;
  icon: IconName;
  paths: readonly string[];
}

const GROUPS: readonly Group[] = [
  { id: 'danger', name: m.group_danger, icon: 'warning', paths: ['home.hazards', 'needs.power_dependent', 'health.equipment'] },
  { id: 'allergy', name: m.group_allergy, icon: 'info', paths: ['health.allergies', 'health.advance_decision'] },
  { id: 'inside', name: m.group_inside, icon: 'person', paths: ['home.occupants', 'people.dependants', 'home.pets'] },
  { id: 'access', name: m.group_access, icon: 'key', paths: ['home.access', 'home.key_safe', 'home.address', 'home.geo'] },
  { id: 'needs', name: m.group_needs, icon: 'siren', paths: ['needs.mobility', 'needs.hearing', 'needs.sight', 'needs.water_dependent', 'needs.cognition'] },
  { id: 'speak', name: m.group_speak, icon: 'info', paths: ['needs.communication', 'identity.languages', 'contact.'] },
  { id: 'medical', name: m.group_medical, icon: 'plus', paths: ['health.'] },
  { id: 'person', name: m.group_person, icon: 'card', paths: ['identity.', 'people.'] },
];

const OTHER: Group = { id: 'other', name: m.group_other, icon: 'more', paths: [''] };

/** A group with what was read of it. */
export interface Shown {
  group: Group;
  fields: readonly FieldView[];
}

/** The groups that have something in them, in the order in which they matter. */
export function bySafety(fields: readonly FieldView[]): Shown[] {
  const rest = fields.filter(({ lines }) => lines.length > 0);
  const groups = [...GROUPS, OTHER].map((group) => {
    const own = rest.filter(({ path }) => groupOf(path) === group);
    return { group, fields: own };
  });
  return groups.filter(({ fields: own }) => own.length > 0);
}

/** An exact path goes before a whole branch. */
function groupOf(path: string): Group {
  const exact = GROUPS.find(({ paths }) => paths.includes(path));
  return exact ?? GROUPS.find(({ paths }) => paths.some((start) => start.endsWith('.') && path.startsWith(start))) ?? OTHER;
}
