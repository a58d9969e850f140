// Three promises, each with a sign.
import { useLanguage } from '@assent/shared';
import { m } from '@assent/shared/words';

const TICK = 'M3 12.5l6 6L21 6';
const EYE = 'M2.5 12s3.5-6 9.5-6 9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 9.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8z';
const BACK = 'M8.5 4.5L3 10l5.5 5.5M3 10h12a5.5 5.5 0 0 1 0 11h-4';

/** What a person can count on. */
export function Points() {
  useLanguage();
  const points = [
    { id: 'choose', sign: TICK, heading: m.choose_heading(), text: m.choose_text() },
    { id: 'see', sign: EYE, heading: m.see_heading(), text: m.see_text() },
    { id: 'stop', sign: BACK, heading: m.stop_heading(), text: m.stop_text() },
  ];
  return (
    <section aria-labelledby="points-heading">
      <h2 id="points-heading" className="visually-hidden">
        {m.points_heading()}
      </h2>
      <ul className="points">
        {points.map((point) => (
          <li key={point.id}>
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
              <path d={point.sign} />
            </svg>
            <h3>{point.heading}</h3>
            <p>{point.text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
