// An agency as a person knows it: a sign for its kind, its name, and the kind in words.
import { useLanguage } from '@assent/shared';
import type { Kind } from '../host/host';
import { m } from '../words/messages';

const SIGNS: Record<Kind, string> = {
  ambulance: 'M10 4h4v6h6v4h-6v6h-4v-6H4v-4h6z',
  fire: 'M12 3c.5 3.5 5.5 5.5 5.5 10.5a5.5 5.5 0 0 1-11 0c0-2 1-3.5 2-4.5.3 1.5 1 2.3 2 2.5C10 8.5 10 5.5 12 3z',
  police: 'M12 3l7.5 2.8v5.7c0 4.5-3.2 7.6-7.5 9.5-4.3-1.9-7.5-5-7.5-9.5V5.8zM12 8l1.1 2.3 2.5.4-1.8 1.7.4 2.5L12 13.7l-2.2 1.2.4-2.5-1.8-1.7 2.5-.4z',
  health: 'M12 20S4 15 4 9.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.5C20 15 12 20 12 20z',
  council: 'M3.5 10 12 4l8.5 6M5 10.5h14M6.5 11v7M10.2 11v7M13.8 11v7M17.5 11v7M4 18.5h16M3 21h18',
  other: 'M5 20.5V5l7-1.5L19 5v15.5M3 20.5h18M9 8.5h1.5M13.5 8.5H15M9 12.5h1.5M13.5 12.5H15M10.5 20.5v-4h3v4',
};

/** What kind of service it is, in words. */
export function kindWords(kind: Kind): string {
  const words: Record<Kind, () => string> = {
    ambulance: m.part_kind_ambulance,
    fire: m.part_kind_fire,
    police: m.part_kind_police,
    health: m.part_kind_health,
    council: m.part_kind_council,
    other: m.part_kind_other,
  };
  return words[kind]();
}

/** The sign of a kind, in a circle. It says nothing to a screen reader. */
export function KindSign({ kind }: { kind: Kind }) {
  return (
    <svg className={`kind-sign ${kind}`} viewBox="-6 -6 36 36" aria-hidden="true" focusable="false">
      <circle className="kind-ground" cx="12" cy="12" r="18" />
      <path className="kind-line" d={SIGNS[kind]} />
    </svg>
  );
}

interface AgencyMarkProps {
  name: string;
  kind: Kind;
}

/** The sign, the name, and the kind below it. */
export function AgencyMark({ name, kind }: AgencyMarkProps) {
  useLanguage();
  return (
    <span className="agency-mark">
      <KindSign kind={kind} />
      <span>
        <span className="agency-name">{name}</span>
        <span className="agency-kind">{kindWords(kind)}</span>
      </span>
    </span>
  );
}
