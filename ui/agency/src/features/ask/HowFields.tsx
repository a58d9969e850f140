// What the agency would do with it: read at once or only on an incident, keep a copy, pass it on, ask for a circle.
import { Card, Checkbox, Disclosure, RadioGroup, Select, useLanguage } from '@assent/shared';
import { m } from '../../words/messages';
import { withRecipient } from './draft';
import type { DraftProps } from './DraftForm';

/** Chooses how it is used. */
export function HowFields({ catalogue, draft, change }: DraftProps) {
  useLanguage();
  const circles = catalogue.circles.map((circle) => ({ value: circle.id, label: circle.name }));
  return (
    <Card heading={m.draft_how()}>
      <RadioGroup
        label={m.draft_release()}
        value={draft.on_incident ? 'incident' : 'grant'}
        onChange={(release) => { change({ ...draft, on_incident: release === 'incident' }); }}
        options={[
          { value: 'grant', label: m.release_grant(), help: m.release_grant_help() },
          { value: 'incident', label: m.release_incident(), help: m.release_incident_help() },
        ]}
      />
      {circles.length > 0 && (
        <Select
          label={m.draft_circle()}
          help={m.draft_circle_help()}
          value={draft.circle ?? ''}
          options={[{ value: '', label: m.circle_alone() }, ...circles]}
          onChange={(circle) => { change({ ...draft, circle: circle === '' ? null : circle }); }}
        />
      )}
      <Checkbox label={m.draft_stores()} help={m.draft_stores_help()} isSelected={draft.stores} onChange={(stores) => { change({ ...draft, stores }); }} />
      <Disclosure summary={m.draft_recipients()}>
        {catalogue.agencies.map((agency) => (
          <Checkbox key={agency.id} label={agency.name} isSelected={draft.recipients.includes(agency.id)} onChange={(on) => { change(withRecipient(draft, agency.id, on)); }} />
        ))}
      </Disclosure>
    </Card>
  );
}
