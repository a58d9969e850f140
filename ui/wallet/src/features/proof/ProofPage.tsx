// Whether a consent's proofs hold, checked on this device when the page opens; in words first, details for an expert folded.
import { Card, Disclosure, Icon, Loading, Notice, SummaryList, Tag, useFormat, useLanguage } from '@assent/shared';
import type { ReactNode } from 'react';
import { Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { Proof, ProvenAct, What } from '../../host/host';
import { Evidence } from '../../parts/Evidence';
import { useAnswer } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

export function ProofPage({ id }: { id: string }) {
  const { language } = useLanguage();
  const proof = useAnswer('proof_check', { grant: id });
  const grants = useAnswer('grants_list', { lang: language });
  const agency = grants.data?.grants.find((one) => one.id === id)?.agency_name;
  return (
    <WalletPage
      title={m.proof_heading()}
      {...(agency === undefined ? {} : { lede: m.proof_lede({ agency }) })}
      back={{ href: addressOf('grant', { grant: id }), title: agency ?? m.nav_sharing() }}
    >
      {proof.data === undefined && (proof.error === null ? <Loading label={m.proof_checking()} /> : <Failure error={proof.error} again={() => void proof.refetch()} />)}
      {proof.data !== undefined && <Checked proof={proof.data} />}
    </WalletPage>
  );
}

function Checked({ proof }: { proof: Proof }) {
  return (
    <>
      <Verdict acts={proof.acts} />
      {proof.acts.length > 0 && (
        <>
          <Card heading={m.proof_acts_heading()}>
            <ol className="acts">
              {proof.acts.map((act) => <Act key={act.index} act={act} />)}
            </ol>
          </Card>
          <Meaning proof={proof} />
          <Details proof={proof} />
        </>
      )}
    </>
  );
}

function Verdict({ acts }: { acts: readonly ProvenAct[] }) {
  const { number } = useFormat();
  if (acts.length === 0) return <Notice heading={m.proof_none_heading()}><p>{m.proof_none_text()}</p></Notice>;
  if (acts.some(({ holds }) => !holds)) {
    return (
      <Notice kind="emergency" isLive heading={m.proof_bad_heading()}>
        <p>{m.proof_bad_text()}</p>
        <Evidence />
      </Notice>
    );
  }
  return (
    <Notice kind="success" isLive heading={m.proof_holds_heading()}>
      <p>{acts.length === 1 ? m.proof_holds_one() : m.proof_holds_many({ count: number(acts.length) })}</p>
    </Notice>
  );
}

function Act({ act: { what, at, holds } }: { act: ProvenAct }) {
  const { moment } = useFormat();
  return (
    <li>
      <Icon name={holds ? 'tick' : 'warning'} />
      <div>
        <strong>{whatWords(what)}</strong>
        <p className="help">{m.proof_recorded_at({ when: moment(at) })}</p>
      </div>
      <Tag tone={holds ? 'good' : 'bad'}>{holds ? m.proof_act_holds() : m.proof_act_bad()}</Tag>
    </li>
  );
}

function Meaning({ proof }: { proof: Proof }) {
  const { day } = useFormat();
  return (
    <Card heading={m.proof_means_heading()}>
      <ul className="told">
        <li>{m.proof_means_1()}</li>
        <li>{m.proof_means_2()}</li>
        <li>{m.proof_means_3({ date: day(proof.pinned_at) })}</li>
      </ul>
      <p>{m.proof_means_not()}</p>
    </Card>
  );
}

function Details({ proof }: { proof: Proof }) {
  const { number } = useFormat();
  const newest = proof.newest;
  return (
    <Card>
      <Disclosure summary={m.proof_details()}>
        <SummaryList
          facts={[
            { key: 'by', term: m.proof_detail_record(), detail: <code>{proof.verifier}</code> },
            { key: 'key', term: m.proof_detail_key(), detail: <code>{proof.log_key}</code> },
            ...(newest === null ? [] : [
              { key: 'size', term: m.proof_detail_newest(), detail: number(newest.size) },
              { key: 'root', term: m.proof_detail_root(), detail: <code>{newest.root}</code> },
            ]),
          ]}
        />
        {proof.acts.map((act) => <ActDetails key={act.index} act={act} />)}
      </Disclosure>
    </Card>
  );
}

function ActDetails({ act }: { act: ProvenAct }): ReactNode {
  const { number } = useFormat();
  return (
    <section className="stack">
      <h3>{whatWords(act.what)}</h3>
      <SummaryList
        facts={[
          { key: 'entry', term: m.proof_detail_entry(), detail: number(act.index) },
          ...(act.log === null ? [] : [
            { key: 'size', term: m.proof_detail_size(), detail: number(act.log.size) },
            { key: 'root', term: m.proof_detail_root(), detail: <code>{act.log.root}</code> },
          ]),
          { key: 'print', term: m.proof_detail_fingerprint(), detail: <code>{act.digest}</code> },
          { key: 'proof', term: m.proof_detail_proof(), detail: <pre>{act.proof}</pre> },
        ]}
      />
    </section>
  );
}

function whatWords(what: What): string {
  const words: Record<What, () => string> = {
    register: m.proof_what_register,
    revoke: m.proof_what_revoke,
    suspend: m.proof_what_suspend,
    resume: m.proof_what_resume,
    erase_request: m.proof_what_erase_request,
    deliver: m.proof_what_deliver,
  };
  return words[what]();
}
