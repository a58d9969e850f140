// Help that agencies offer and that fits; whether it does was decided on this device.
import { Actions, Button, Disclosure, EmptyState, Tag, useFormat, useLanguage, useToast } from '@assent/shared';
import { Answered, Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import type { OfferView } from '../../host/host';
import { AgencyMark } from '../../parts/AgencyMark';
import { useAct, useAnswer } from '../../session/ask';
import { addressOf } from '../../session/route';
import { m } from '../../words/messages';

export function OffersPage() {
  const { language } = useLanguage();
  const offers = useAnswer('offers_list', { lang: language });
  const dismiss = useAct('offer_dismiss');
  const say = useToast();
  return (
    <WalletPage title={m.offers_heading()} lede={m.offers_lede()}>
      <Failure error={dismiss.error} />
      <Answered query={offers}>
        {({ offers: fitting }) =>
          fitting.length === 0 ? (
            <EmptyState icon="gift" heading={m.offers_empty()}><p>{m.offers_empty_text()}</p></EmptyState>
          ) : (
            <ul className="offers">
              {fitting.map((offer) => (
                <li key={offer.id}>
                  <Offer
                    offer={offer}
                    isBusy={dismiss.isPending}
                    dismiss={() => {
                      dismiss.mutate({ offer: offer.id }, { onSuccess: () => { say(m.offers_dismissed({ title: offer.title })); } });
                    }}
                  />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </WalletPage>
  );
}

interface OfferProps {
  offer: OfferView;
  isBusy: boolean;
  dismiss: () => void;
}

function Offer({ offer, isBusy, dismiss }: OfferProps) {
  const { day } = useFormat();
  const { id, agency, title, text, because, until, accepted } = offer;
  return (
    <article className="card stack" aria-labelledby={`offer-${id}`}>
      <div className="card-head">
        <h2 id={`offer-${id}`}>{title}</h2>
        {accepted && <Tag tone="good">{m.offers_accepted()}</Tag>}
      </div>
      <AgencyMark name={agency.name} kind={agency.kind} />
      <p>{text}</p>
      <p className="help">{m.offers_until({ date: day(until) })}</p>
      <Disclosure summary={m.offers_why()}>
        <p>{m.offers_why_text({ rule: because })}</p>
        <p>{m.offers_why_private()}</p>
      </Disclosure>
      {!accepted && (
        <Actions>
          <a className="button main" href={addressOf('offer', { offer: id })} aria-label={m.offers_accept_label({ title })}>
            {m.offers_accept()}
          </a>
          <Button kind="quiet" isBusy={isBusy} label={m.offers_dismiss_label({ title })} onPress={dismiss}>
            {m.offers_dismiss()}
          </Button>
        </Actions>
      )}
    </article>
  );
}
