// The questions of a consent of one's own wording.
import { Actions, Button, Card, Checkbox, ErrorSummary, RadioGroup } from '@assent/shared';
import { m as shared } from '@assent/shared/words';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { WalletPage } from '../../frame/WalletPage';
import type { Agency, PurposeWords } from '../../host/host';
import { kindWords } from '../../parts/AgencyMark';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';
import type { Draft, Sections } from './SharePage';

interface QuestionProps {
  draft: Draft;
  /** Which of how many. */
  step: string;
  set: (change: Partial<Draft>) => void;
  next: () => void;
  back: (() => void) | null;
}

interface FrameProps extends Pick<QuestionProps, 'step' | 'next' | 'back'> {
  title: string;
  isAnswered: boolean;
  /** What to do where it is not. */
  missing: string;
  children: (fault: string | null) => ReactNode;
}

/** A question with its way on and back. */
function Question({ title, step, isAnswered, missing, next, back, children }: FrameProps) {
  const [isMissing, setIsMissing] = useState(false);
  const isFaulty = isMissing && !isAnswered;
  return (
    <WalletPage title={title} lede={`${m.requests_share_heading()}. ${step}`} {...(back === null ? { back: { href: addressOf('sharing'), title: m.nav_sharing() } } : {})}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isAnswered) next();
          else setIsMissing(true);
        }}
      >
        {isFaulty && <ErrorSummary heading={shared.problem()} happened={m.requests_share_nothing()} todo={missing} />}
        {children(isFaulty ? missing : null)}
        <Actions>
          <Button type="submit">{m.requests_continue()}</Button>
          {back !== null && <Button kind="quiet" icon="back" onPress={back}>{m.requests_share_back()}</Button>}
        </Actions>
      </form>
    </WalletPage>
  );
}

export function AgencyQuestion({ draft, set, agencies, ...rest }: QuestionProps & { agencies: Agency[] }) {
  const active = agencies.filter((agency) => agency.active);
  return (
    <Question {...rest} title={m.requests_share_agency()} isAnswered={draft.agency !== null} missing={m.requests_share_agency_none()}>
      {(fault) => (
        <Card>
          <RadioGroup
            label={m.requests_choose_one()}
            error={fault}
            value={draft.agency}
            onChange={(agency) => { set({ agency }); }}
            options={active.map(({ id, name, kind }) => ({ value: id, label: name, help: kindWords(kind) }))}
          />
        </Card>
      )}
    </Question>
  );
}

export function PurposeQuestion({ draft, set, purposes, ...rest }: QuestionProps & { purposes: PurposeWords[] }) {
  return (
    <Question {...rest} title={m.requests_share_purpose()} isAnswered={draft.purpose !== null} missing={m.requests_share_purpose_none()}>
      {(fault) => (
        <Card>
          <RadioGroup
            label={m.requests_choose_one()}
            error={fault}
            value={draft.purpose}
            onChange={(purpose) => { set({ purpose }); }}
            options={purposes.map(({ code, label, explanation }) => ({ value: code, label, help: explanation }))}
          />
        </Card>
      )}
    </Question>
  );
}

export function ItemsQuestion({ draft, set, sections, ...rest }: QuestionProps & { sections: Sections }) {
  const { paths } = draft;
  return (
    <Question {...rest} title={m.requests_share_items()} isAnswered={paths.length > 0} missing={m.requests_share_items_none()}>
      {(fault) => (
        <>
          {fault !== null && <p className="field-error">{fault}</p>}
          {sections.map(({ id, label, items }) => (
            <Card key={id}>
              <fieldset className="choices">
                <legend>{label}</legend>
                {items.map((item) => (
                  <Checkbox
                    key={item.path}
                    label={item.label}
                    isSelected={paths.includes(item.path)}
                    onChange={(isChosen) => {
                      set({ paths: isChosen ? [...paths, item.path] : paths.filter((path) => path !== item.path) });
                    }}
                  />
                ))}
              </fieldset>
            </Card>
          ))}
        </>
      )}
    </Question>
  );
}

export function WhenQuestion({ draft, set, ...rest }: QuestionProps) {
  return (
    <Question {...rest} title={m.requests_share_when()} isAnswered missing="">
      {() => (
        <Card>
          <RadioGroup<'any' | 'incident'>
            label={m.requests_choose_one()}
            value={draft.onIncident ? 'incident' : 'any'}
            onChange={(when) => { set({ onIncident: when === 'incident' }); }}
            options={[
              { value: 'any', label: m.requests_share_any_time(), help: m.requests_share_any_time_hint() },
              { value: 'incident', label: m.requests_when_incident(), help: m.requests_share_incident_hint() },
            ]}
          />
        </Card>
      )}
    </Question>
  );
}
