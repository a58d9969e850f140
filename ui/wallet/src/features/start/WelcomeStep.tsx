// What Assent is, and the three ways to begin.
import { Actions, Button, Icon } from '@assent/shared';
import type { IconName } from '@assent/shared';
import { m } from '../../words/messages';
import { Step } from './Gate';

interface WelcomeStepProps {
  isFirst: boolean;
  create: () => void;
  restore: () => void;
  recover: () => void;
}

export function WelcomeStep({ isFirst, create, restore, recover }: WelcomeStepProps) {
  return (
    <Step title={m.start_heading()} lede={m.start_lede()} isFirst={isFirst}>
      <Actions>
        <Button onPress={create}>{m.start_create()}</Button>
      </Actions>
      <Points />
      <div className="other-ways">
        <h2>{m.start_had_one()}</h2>
        <Actions>
          <Button kind="second" icon="upload" onPress={restore}>{m.start_restore()}</Button>
          <Button kind="second" icon="key" onPress={recover}>{m.start_recover()}</Button>
        </Actions>
      </div>
    </Step>
  );
}

function Points() {
  const points: { icon: IconName; heading: string; text: string }[] = [
    { icon: 'tick', heading: m.start_choose(), text: m.start_choose_text() },
    { icon: 'eye', heading: m.start_see(), text: m.start_see_text() },
    { icon: 'undo', heading: m.start_stop(), text: m.start_stop_text() },
  ];
  return (
    <ul className="points">
      {points.map(({ icon, heading, text }) => (
        <li key={icon}>
          <Icon name={icon} />
          <h2>{heading}</h2>
          <p>{text}</p>
        </li>
      ))}
    </ul>
  );
}
