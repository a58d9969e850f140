// Bars side by side, one for each pseudonym; whoever is far from the others is marked by colour, pattern and word.
import { useFormat, useWidth } from '@assent/shared';
import { scaleLinear } from 'd3-scale';
import type { Actors, ActorRow } from '../../host/types';
import { m } from '../../words/messages';

const ROW = 34;
const BAR = 20;
const MARGIN = { top: 8, start: 120, end: 56, bottom: 32 };
/** Pixels below which the bars are not squeezed any further. */
const NARROWEST = 240;

/** Draws readings and openings; the line stands where it becomes unusual. */
export function LooksPlot({ actors: { rows, unusual_above: limit } }: { actors: Actors }) {
  const format = useFormat();
  const [frame, measured] = useWidth<HTMLElement>();
  // While the page is being laid out, the room can be smaller than the margins.
  const width = Math.max(measured, NARROWEST);
  const most = rows.reduce((max, row) => Math.max(max, looks(row)), Math.ceil(limit ?? 1));
  const x = scaleLinear([0, most], [MARGIN.start, width - MARGIN.end]).nice(4);
  const height = MARGIN.top + rows.length * ROW + MARGIN.bottom;
  const floor = height - MARGIN.bottom;
  const summary = m.looks_summary({ count: format.number(rows.length), most: format.number(most) });
  return (
    <figure className="plot" ref={frame}>
      <svg role="img" aria-label={summary} viewBox={`0 0 ${width.toString()} ${height.toString()}`} height={height}>
        <pattern id="far" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="plot-far" width="6" height="6" />
          <line className="plot-stripe" x1="0" y1="0" x2="0" y2="6" />
        </pattern>
        {x.ticks(4).filter(Number.isInteger).map((tick) => (
          <g key={tick}>
            <line className="plot-grid" x1={x(tick)} x2={x(tick)} y1={MARGIN.top} y2={floor} />
            <text className="plot-tick" x={x(tick)} y={floor + 20}>{format.number(tick)}</text>
          </g>
        ))}
        {rows.map((row, at) => <Bar key={row.actor} row={row} y={MARGIN.top + at * ROW} x={x} />)}
        {limit !== null && <line className="plot-limit" x1={x(limit)} x2={x(limit)} y1={MARGIN.top} y2={floor} />}
      </svg>
      <figcaption className="help">
        <span className="key reads">{m.looks_reads()}</span> <span className="key openings">{m.looks_openings()}</span>
        {limit !== null && <> <span className="key limit">{m.looks_limit({ limit: format.number(Math.round(limit)) })}</span></>}
      </figcaption>
    </figure>
  );
}

function Bar({ row, x, y }: { row: ActorRow; x: (value: number) => number; y: number }) {
  const format = useFormat();
  const top = y + (ROW - BAR) / 2;
  return (
    <g>
      <text className="plot-label" x={MARGIN.start - 8} y={y + ROW / 2} dy="0.32em">{row.actor.slice(0, 14)}</text>
      <rect className="plot-reads" x={x(0)} y={top} width={x(row.reads) - x(0)} height={BAR} />
      <rect className="plot-openings" x={x(row.reads)} y={top} width={x(looks(row)) - x(row.reads)} height={BAR} />
      {row.unusual && <rect className="plot-mark" x={x(0)} y={top} width={x(looks(row)) - x(0)} height={BAR} fill="url(#far)" />}
      <text className="plot-value" x={x(looks(row)) + 8} y={y + ROW / 2} dy="0.32em">{format.number(looks(row))}{row.unusual ? ' !' : ''}</text>
    </g>
  );
}

function looks(row: ActorRow): number {
  return row.reads + row.openings;
}
