// A no that the agency is told of, or leaving without a word.
import { Actions, Button } from '@assent/shared';
import { Failure } from '../../frame/Answered';
import { WalletPage } from '../../frame/WalletPage';
import { useAct } from '../../session/ask';
import { addressOf, go } from '../../session/route';
import { m } from '../../words/messages';
import { choose, forget } from '../../session/asked';
import type { StepProps } from './ReviewPage';
import { StepBack } from './StepBack';

export function NoStep({ review, to }: StepProps) {
  const { mutate, isPending, error } = useAct('request_decline');
  const agency = review.agency.name;
  const decline = () => {
    mutate(
      { review: review.number },
      {
        onSuccess: ({ no: declined }) => {
          choose({ outcome: { kind: 'declined', agency, declined } });
        },
      },
    );
  };
  return (
    <WalletPage title={m.requests_no_heading({ agency })} lede={m.requests_no_text()}>
      <Failure error={error} again={decline} />
      <Actions>
        <Button onPress={decline} isBusy={isPending}>{isPending ? m.requests_no_doing() : m.requests_no_do()}</Button>
        <Button
          kind="second"
          onPress={() => {
            forget();
            go(addressOf('requests'));
          }}
        >
          {m.requests_no_silent()}
        </Button>
        <StepBack to={to} />
      </Actions>
    </WalletPage>
  );
}
