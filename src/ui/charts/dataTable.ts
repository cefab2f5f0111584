/** A chart as a table of a dozen rows. */
import { html } from 'lit';
import { formatCount, formatValue } from './format.ts';
import { lastRecorded, liveValue, presentCurves } from './readout.ts';
import type { Scene } from './scene.ts';
import { nearest, unitLabels } from './timeline.ts';

/** Positions of about `count` recorded times, evenly spread over the axis as it is drawn. */
export function tableRows(scene: Pick<Scene, 'curves' | 'timeline'>, count = 12): number[] {
  const { timeline } = scene;
  const last = lastRecorded(scene);
  if (last < 0) return [];
  const start = timeline.range.min;
  const end = timeline.x[last]!;
  const at = (share: number) =>
    timeline.log ? start * (end / start) ** share : start + (end - start) * share;
  const rows = Array.from({ length: count }, (_, i) =>
    Math.min(nearest(timeline, at(i / (count - 1))), last),
  );
  return [...new Set(rows)];
}

export function dataTable(scene: Scene) {
  const { timeline } = scene;
  const curves = presentCurves(scene);
  const time = (value: number) => (timeline.unit === 't' ? formatValue(value) : formatCount(value));
  return html`<div class="table" tabindex="0" role="region" aria-label=${`${scene.title}, table`}>
    <table>
      <caption>
        ${scene.title}: ${curves.some(({ band }) => band) ? 'median (10–90 % of runs)' : 'values'} at selected
        times
      </caption>
      <thead>
        <tr>
          <th scope="col">${unitLabels[timeline.unit]}</th>
          ${curves.map(({ label }) => html`<th scope="col">${label}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${tableRows(scene).map(
          (position) =>
            html`<tr>
              <th scope="row">${time(timeline.x[position]!)}</th>
              ${curves.map(({ values, band }) => {
                const low = liveValue(band?.low ?? [], position);
                const high = liveValue(band?.high ?? [], position);
                const spread = band ? ` (${formatValue(low)} – ${formatValue(high)})` : '';
                return html`<td>${formatValue(liveValue(values, position))}${spread}</td>`;
              })}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
