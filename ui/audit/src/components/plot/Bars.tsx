// Bars as SVG, as wide as there is room; the scales are d3's, the drawing is ours.
import { useLanguage, useWidth } from '@assent/shared';
import { scaleBand, scaleLinear } from 'd3-scale';
import { number } from '../format';

/** One bar: what stands below it, what it is called in the table, and how high it is. */
export interface Bar {
  label: string;
  name: string;
  count: number;
}

const HEIGHT = 200;
const MARGIN = { top: 10, bottom: 28, start: 44, end: 8 };
/** Pixels that a label needs along the axis. */
const LABEL_WIDTH = 120;

/** Draws the bars with a scale at the side and some labels below. */
export function Bars({ label, bars }: { label: string; bars: readonly Bar[] }) {
  const { language } = useLanguage();
  const [frame, width] = useWidth();
  const most = bars.reduce((max, bar) => Math.max(max, bar.count), 1);
  const x = scaleBand(bars.map((bar) => bar.name), [MARGIN.start, width - MARGIN.end]).paddingInner(0.15).align(0);
  const y = scaleLinear([0, most], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
  const ticks = y.ticks(Math.min(most, 4)).filter(Number.isInteger);
  const short = Math.max(...bars.map((bar) => bar.label.length), 1) * 8;
  const every = Math.max(Math.ceil((bars.length * Math.min(short, LABEL_WIDTH)) / (width - MARGIN.start)), 1);
  return (
    <div ref={frame}>
      <svg className="bars" role="img" aria-label={label} viewBox={`0 0 ${width.toString()} ${HEIGHT.toString()}`} height={HEIGHT}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="bars-grid" x1={MARGIN.start} x2={width - MARGIN.end} y1={y(tick)} y2={y(tick)} />
            <text className="bars-tick" x={MARGIN.start - 8} y={y(tick)} dy="0.32em">
              {number(tick, language)}
            </text>
          </g>
        ))}
        {bars.map((bar, at) => (
          <g key={bar.name}>
            <rect className="bar" x={x(bar.name)} y={y(bar.count)} width={Math.min(x.bandwidth(), 96)} height={y(0) - y(bar.count)} />
            {at % every === 0 && (
              <text className="bars-label" x={x(bar.name)} y={HEIGHT - 8}>
                {bar.label}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}
