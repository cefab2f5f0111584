/** A chart as a table of a dozen rows. */
import { css, html } from 'lit';
import { formatCount, formatValue } from './format.ts';
import { presentCurves, presentPositions, spreadText, valueAt, valueText } from './readout.ts';
import type { Band, Scene } from './scene.ts';
import { nearest, unitLabels } from './timeline.ts';

/** Positions of about `count` recorded times, evenly spread over the axis as it is drawn. */
export function tableRows(scene: Pick<Scene, 'curves' | 'timeline'>, count = 12): number[] {
  const { x, log } = scene.timeline;
  const positions = presentPositions(scene);
  const known = positions.map((position) => x[position]!);
  const [start = 0] = known;
  const end = known.at(-1) ?? 0;
  const at = (share: number) => (log ? start * (end / start) ** share : start + (end - start) * share);
  const rows = Array.from({ length: count }, (_, i) => nearest({ x: known, log }, at(i / (count - 1))));
  return [...new Set(rows)].flatMap((row) => positions[row] ?? []);
}

const tableCss = css`
  .table {
    flex: 1;
    min-height: 0;
    overflow: auto;
    padding: 0 0.6em;
  }
  table {
    border-collapse: collapse;
    font-size: 0.9em;
    font-variant-numeric: tabular-nums;
  }
  caption {
    text-align: left;
    color: var(--muted, #666);
    padding: 0.2em 0;
  }
  th,
  td {
    text-align: left;
    font-weight: 400;
    padding: 0.1em 1.6em 0.1em 0;
    white-space: nowrap;
  }
  th {
    color: var(--muted, #666);
  }
  tr {
    border-top: 1px solid var(--line, #ddd);
  }
`;

/** The table of one chart; scrolls in its own box. */
export function dataTable(scene: Scene) {
  const { timeline } = scene;
  const curves = presentCurves(scene);
  const time = (value: number) => (timeline.unit === 't' ? formatValue(value) : formatCount(value));
  const has = (of: Band['of']) => curves.some(({ band }) => band?.of === of);
  const brackets = [
    ...(has('runs') ? ['10–90 % of runs'] : []),
    ...(has('error') ? ['± 2 standard errors'] : []),
  ];
  const values = has('runs') ? 'medians' : 'values';
  const caption = brackets.length > 0 ? `${values}, in brackets ${brackets.join(' or ')}` : values;
  return html`<style>
      ${tableCss}
    </style>
    <div class="table" tabindex="0" role="region" aria-label=${`${scene.title}, table`}>
      <table>
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${unitLabels[timeline.unit]}</th>
            ${curves.map(({ label }) => html`<th scope="col">${label}</th>`)}
            ${scene.spreads.map(({ label }) => html`<th scope="col">s.d. of ${label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${tableRows(scene).map(
            (position) =>
              html`<tr>
                <th scope="row">${time(timeline.x[position]!)}</th>
                ${curves.map((curve) => {
                  const { band } = curve;
                  const low = valueAt(band?.low ?? [], position);
                  const high = valueAt(band?.high ?? [], position);
                  const spread =
                    band && !Number.isNaN(low) ? ` (${formatValue(low)} – ${formatValue(high)})` : '';
                  return html`<td>${valueText(curve, position)}${spread}</td>`;
                })}
                ${scene.spreads.map((spread) => html`<td>${spreadText(spread, position)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}
