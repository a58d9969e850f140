// What agencies opened and what they owe: shown to an auditor whom the verifier's operator admitted.
import { Loading, useLanguage } from '@assent/shared';
import { NeedsReading } from '../../components/Reading';
import { Title } from '../../components/Title';
import { useAdmission } from '../../session/admission';
import { m } from '../../words/messages';
import { Admitted } from './Admitted';
import { DutyFigures } from './DutyFigures';
import { KeyForm } from './KeyForm';

/** A key first; then the log; then what stands behind its entries. */
export function DutiesPage() {
  useLanguage();
  const { admission, told } = useAdmission();
  return (
    <div className="stack wide">
      <Title heading={m.duties_heading()} lede={m.duties_lede()} />
      {admission === undefined && <Loading />}
      {admission === null && <KeyForm />}
      {admission != null && (
        <NeedsReading>
          {(audit) => (
            <>
              <Admitted admission={admission} audit={audit} />
              {told !== null && <DutyFigures duties={told.duties} audit={told.audit} />}
            </>
          )}
        </NeedsReading>
      )}
    </div>
  );
}
