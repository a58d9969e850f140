// Bars that lie, each with its name above and its number at its end: for things that have names and no order.
import { useLanguage, useWidth } from '@assent/shared';
import { scaleLinear } from 'd3-scale';
import { number } from '../format';
import type { Bar } from './Bars';

const ROW = 48;
const BAR = 16;
/** Pixels for the number at a bar's end. */
const END = 64;

/** Draws one bar below the other. */
export function RowBars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const { language } = useLanguage();
  const [frame, width] = useWidth();
  const most = bars.reduce((max, bar) => Math.max(max, bar.count), 1);
  const x = scaleLinear([0, most], [0, Math.max(width - END, 1)]);
  const height = bars.length * ROW;
  return (
    <div ref={frame}>
      <svg className="bars" role="img" aria-label={label} viewBox={`0 0 ${width.toString()} ${height.toString()}`} height={height}>
        {bars.map((bar, at) => (
          <g key={bar.name} transform={`translate(0 ${(at * ROW).toString()})`}>
            <text className="bars-name" y={16}>{bar.label}</text>
            <rect className="bar" y={24} width={x(bar.count)} height={BAR} rx={3} />
            <text className="bars-count" x={x(bar.count) + 8} y={24 + BAR / 2} dy="0.32em">{number(bar.count, language)}</text>
          </g>
        ))}
      </svg>
    </div>
  );
}
