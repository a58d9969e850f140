// Bars as SVG, as wide as there is room: looks, and openings on top in another colour and pattern. The scales are d3's.
import { useFormat, useWidth } from '@assent/shared';
import { scaleBand, scaleLinear } from 'd3-scale';
import { m } from '../../words/messages';
import type { Bar } from './filter';

const HEIGHT = 180;
const MARGIN = { top: 10, bottom: 28, start: 32, end: 4 };
/** Pixels that a name needs below its bar. */
const NAME_WIDTH = 64;
const WIDEST = 48;

interface ChartProps {
  label: string;
  bars: readonly Bar[];
  name: (start: number) => string;
}

export function Chart({ label, bars, name }: ChartProps) {
  const { number } = useFormat();
  const [frame, width] = useWidth();
  const most = Math.max(1, ...bars.map(({ looks, openings }) => looks + openings));
  const x = scaleBand(bars.map(({ start }) => start), [MARGIN.start, width - MARGIN.end]).paddingInner(0.2);
  const y = scaleLinear([0, most], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
  const every = Math.max(1, Math.ceil((bars.length * NAME_WIDTH) / (width - MARGIN.start)));
  const wide = Math.min(x.bandwidth(), WIDEST);
  return (
    <div ref={frame} className="chart">
      <svg role="img" aria-label={label} viewBox={`0 0 ${width.toString()} ${HEIGHT.toString()}`} height={HEIGHT}>
        <pattern id="opening-lines" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="chart-opening" width="6" height="6" />
          <line className="chart-hatch" x1="0" y1="0" x2="0" y2="6" />
        </pattern>
        {y.ticks(Math.min(most, 4)).filter(Number.isInteger).map((tick) => (
          <g key={tick}>
            <line className="chart-grid" x1={MARGIN.start} x2={width - MARGIN.end} y1={y(tick)} y2={y(tick)} />
            <text className="chart-tick" x={MARGIN.start - 8} y={y(tick)} dy="0.32em">{number(tick)}</text>
          </g>
        ))}
        {bars.map(({ start, looks, openings }, at) => {
          const left = (x(start) ?? 0) + (x.bandwidth() - wide) / 2;
          return (
            <g key={start}>
              <rect className="chart-look" x={left} width={wide} y={y(looks)} height={y(0) - y(looks)} />
              <rect fill="url(#opening-lines)" x={left} width={wide} y={y(looks + openings)} height={y(looks) - y(looks + openings)} />
              {at % every === 0 && <text className="chart-name" x={left + wide / 2} y={HEIGHT - 8}>{name(start)}</text>}
            </g>
          );
        })}
      </svg>
      <ul className="chart-key" aria-hidden="true">
        <li><span className="chart-swatch look" />{m.looks_chart_looks()}</li>
        <li><span className="chart-swatch opening" />{m.looks_chart_openings()}</li>
      </ul>
    </div>
  );
}
