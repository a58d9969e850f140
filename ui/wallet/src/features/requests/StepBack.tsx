// The way from a step back to the request.
import { Button } from '@assent/shared';
import { m } from '../../words/messages';
import type { Step } from './ReviewPage';

export function StepBack({ to }: { to: (step: Step) => void }) {
  return (
    <Button
      kind="quiet"
      icon="back"
      onPress={() => {
        to({ name: 'ask' });
      }}
    >
      {m.requests_back()}
    </Button>
  );
}
