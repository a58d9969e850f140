// One consent: how it stands, what may be read and was, what is owed, and everything that happened, with proofs.
import { Card, SummaryList, useFormat, useLanguage } from '@assent/shared';
import { useQuery } from '@tanstack/react-query';
import { ConsentTag } from '../../components/ConsentTag';
import { Copy } from '../../components/Copy';
import { Heading } from '../../components/Heading';
import { Loaded } from '../../components/Loaded';
import { Name } from '../../components/Name';
import { basisWords } from '../../components/basis';
import type { ConsentView } from '../../host/types';
import { addressOf } from '../../session/route';
import { useHost } from '../../session/session';
import { m } from '../../words/messages';
import { ErasePart } from './ErasePart';
import { History } from './History';
import { ReadPart } from './ReadPart';

/** Shows a consent by its id. */
export function ConsentPage({ grant }: { grant: string }) {
  const { language } = useLanguage();
  const host = useHost();
  const consent = useQuery({
    queryKey: ['consent', grant, language],
    queryFn: () => host.ask('consent', { grant, lang: language }),
    placeholderData: (before: ConsentView | undefined) => before,
  });
  return <Loaded query={consent}>{(found) => <Consent consent={found} />}</Loaded>;
}

function Consent({ consent }: { consent: ConsentView }) {
  return (
    <div className="stack wide">
      <Heading back={{ name: m.nav_consents(), href: addressOf('consents') }}>{consent.purposes.map(({ label }) => label).join(', ')}</Heading>
      <p className="row" role="status"><ConsentTag state={consent.row.state} />{consent.row.on_incident && <span className="soft">{m.row_sealed()}</span>}</p>
      <ReadPart consent={consent} />
      <ErasePart consent={consent} />
      <Facts consent={consent} />
      <NoticePart consent={consent} />
      <History consent={consent} />
      <Card heading={m.consent_token()}>
        <p className="help">{m.consent_token_help()}</p>
        <Copy label={m.consent_token()} text={consent.token} />
      </Card>
    </div>
  );
}

function Facts({ consent }: { consent: ConsentView }) {
  const format = useFormat();
  const { row } = consent;
  return (
    <Card heading={m.consent_facts()}>
      <SummaryList
        facts={[
          { term: m.fact_purpose(), detail: consent.purposes.map(({ code, label, explanation }) => <p key={code}>{label}. {explanation}</p>) },
          { term: m.terms_items(), detail: format.list(consent.items.map(({ label }) => label)) },
          { term: m.fact_given(), detail: format.moment(row.granted_at * 1000) },
          { term: m.fact_ends(), detail: format.day(row.ends_at) },
          { term: m.fact_actions(), detail: consent.actions.includes('store') ? m.actions_store() : m.actions_read() },
          { term: m.terms_retention(), detail: consent.retention },
          { term: m.fact_recipients(), detail: consent.recipients.length === 0 ? m.fact_nobody() : consent.recipients.join(', ') },
          { term: m.fact_basis(), detail: basisWords(consent.basis) },
          { term: m.fact_person(), detail: <code>{row.person}</code> },
          { term: m.fact_number(), detail: <code>{row.grant}</code> },
          ...(row.tier === null ? [] : [{ term: m.fact_tier(), detail: row.tier.toString() }]),
          ...(row.request === null ? [] : [{ term: m.fact_request(), detail: <a href={addressOf('ask', row.request)}>{m.fact_request_open()}</a> }]),
        ]}
      />
    </Card>
  );
}

function NoticePart({ consent: { notice } }: { consent: ConsentView }) {
  return (
    <Card heading={m.consent_notice()} aside={<span className="soft">{m.consent_notice_version({ version: notice.version })}</span>}>
      {notice.text === null ? <p>{m.consent_notice_unknown()}</p> : <blockquote lang={notice.lang}><Name text={notice.text} most={4000} /></blockquote>}
      <p className="help">{m.consent_notice_digest()} <code>{notice.digest}</code></p>
    </Card>
  );
}
