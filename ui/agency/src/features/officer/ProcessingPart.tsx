// The record of processing activities (GDPR Article 30(1)), worked out from the consents themselves.
import { Button, Card, SummaryList, useFormat, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../components/Loaded';
import { basisWords } from '../../components/basis';
import { duration } from '../../components/time';
import { inLanguage } from '../../components/words';
import type { ProcessingEntry, ProcessingRecord } from '../../host/types';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';

/** Shows the record, ready to be printed. */
export function ProcessingPart() {
  const { language } = useLanguage();
  const host = useHost();
  const record = useQuery({ queryKey: ['officer', 'processing', language], queryFn: () => host.ask('processing', { lang: language }) });
  return (
    <div className="stack">
      <div className="actions no-print">
        <Button kind="second" icon="print" onPress={() => { window.print(); }}>{m.print()}</Button>
        <a className="button second" href={host.address('processing.csv', { lang: language })} download="processing.csv">{m.download_csv()}</a>
      </div>
      <Loaded query={record}>{(found) => <Record record={found} />}</Loaded>
    </div>
  );
}

function Record({ record }: { record: ProcessingRecord }) {
  const { language } = useLanguage();
  const format = useFormat();
  return (
    <div className="stack">
      <Card heading={m.processing_controller()}>
        <SummaryList
          facts={[
            { term: m.processing_name(), detail: inLanguage(record.name, language) },
            { term: m.processing_contact(), detail: record.contact ?? m.none() },
            { term: m.processing_notice(), detail: record.privacy_url === null ? m.none() : <a href={record.privacy_url} rel="noreferrer">{record.privacy_url}</a> },
            { term: m.processing_erase(), detail: duration(record.erase_within, format) },
            { term: m.processing_made(), detail: format.moment(record.made_at * 1000) },
          ]}
        />
      </Card>
      {record.entries.length === 0 && <p>{m.processing_none()}</p>}
      {record.entries.map((entry) => <Entry key={`${entry.purpose} ${entry.basis}`} entry={entry} />)}
    </div>
  );
}

function Entry({ entry }: { entry: ProcessingEntry }) {
  const format = useFormat();
  return (
    <Card heading={entry.label}>
      <SummaryList
        facts={[
          { term: m.fact_basis(), detail: basisWords(entry.basis) },
          { term: m.processing_people(), detail: m.processing_people_count({ people: format.number(entry.people), consents: format.number(entry.consents) }) },
          { term: m.processing_items(), detail: format.list(entry.items.map((item) => (item.special ? m.processing_special({ item: item.label }) : item.label))) },
          { term: m.fact_recipients(), detail: entry.recipients.length === 0 ? m.fact_nobody() : entry.recipients.join(', ') },
          { term: m.terms_retention(), detail: duration(entry.retention, format) },
          { term: m.processing_readings(), detail: format.number(entry.readings) },
        ]}
      />
    </Card>
  );
}
