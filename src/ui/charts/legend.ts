/** Head of a chart: its title, and each curve's colour, name and value under the crosshair. */
import { css, html, nothing, svg } from 'lit';
import { colourOf, dashOf, opacity, spreadDash, type Ink, type Styled, widthOf } from './palette.ts';
import { presentCurves, spreadText, valueAt, valueText } from './readout.ts';
import type { Curve, Scene } from './scene.ts';
import type { Spread } from './spreads.ts';

/** A short stroke as the curve is drawn, on its band where it has one. */
export function swatch(curve: Styled, ink: Ink, banded: boolean) {
  const colour = colourOf(curve, ink);
  const band = svg`<rect width="22" height="10" fill=${colour} opacity=${opacity.band * 1.5} />`;
  return html`<svg class="swatch" viewBox="0 0 22 10" aria-hidden="true">
    ${banded ? band : ''}
    <line
      x1="0"
      x2="22"
      y1="5"
      y2="5"
      stroke=${colour}
      stroke-width=${widthOf(curve) * ink.stroke}
      stroke-dasharray=${dashOf(curve).join(' ')}
    />
  </svg>`;
}

/** What the band of a curve is, in words; empty where it has none. */
export function bandText({ band, runCount }: Pick<Curve, 'band' | 'runCount'>): string {
  if (!band) return '';
  return band.of === 'error'
    ? 'band of ± 2 standard errors'
    : `median of ${runCount} runs, band from 10 to 90 %`;
}

function entry(curve: Curve, ink: Ink, position: number) {
  const value = valueAt(curve.values, position);
  const text = valueText(curve, position);
  const runs = curve.runs.length > 0 ? `, ${curve.runs.length} single runs` : '';
  const what = (bandText(curve) || curve.label) + runs;
  return html`<li class=${curve.kind} title=${`${what}: ${Number.isNaN(value) ? text : value}`}>
    ${swatch(curve, ink, curve.band !== undefined)}
    <span>${curve.label}</span>
    <span class="value">${text}</span>
  </li>`;
}

/** The standard deviation of a run, beside two lines as they are drawn. */
function spreadEntry(spread: Spread, ink: Ink, position: number) {
  const what = `Theory expects 95 % of the runs of ${spread.label} between these lines: ± 2 standard deviations`;
  const line = (y: number) => svg`<line x1="0" x2="22" y1=${y} y2=${y} stroke=${colourOf(spread, ink)}
    stroke-width=${1.25 * ink.stroke} stroke-dasharray=${spreadDash.join(' ')} />`;
  return html`<li title=${what}>
    <svg class="swatch" viewBox="0 0 22 10" aria-hidden="true">${line(2)} ${line(8)}</svg>
    <span>s.d. of ${spread.label}</span>
    <span class="value pair">${spreadText(spread, position)}</span>
  </li>`;
}

export const legendCss = css`
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.1em 1.2em;
    padding: 0.2em 0.6em 0 0.6em;
  }
  h2 {
    margin: 0;
    font-size: 1em;
    font-weight: 600;
    flex: 1 0 auto;
  }
  /* Charts side by side keep equal heads. */
  @container chart (max-width: 700px) {
    h2 {
      flex-basis: 100%;
    }
  }
  ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1em;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 0.9em;
  }
  .spreads {
    flex: 1 0 100%;
    justify-content: flex-end;
  }
  /* Each limit below its process, on a narrow chart beside it. */
  .paired {
    display: grid;
    grid-auto-flow: column;
  }
  .paired .process {
    grid-row: 1;
  }
  .paired .limit {
    grid-row: 2;
  }
  @container chart (max-width: 30em) {
    ul {
      display: grid;
      grid: auto-flow / auto auto;
      justify-content: start;
    }
  }
  @container chart (max-width: 43em) {
    .paired {
      grid: auto-flow / auto auto;
    }
    .paired .process {
      grid-area: auto / 1;
    }
    .paired .limit {
      grid-area: auto / 2;
    }
    .spreads {
      justify-content: start;
    }
  }
  li {
    display: flex;
    align-items: baseline;
    gap: 0.4em;
    white-space: nowrap;
  }
  .swatch {
    width: 22px;
    height: 10px;
    flex: none;
  }
  .pair {
    min-width: 13.5em;
  }
  .value {
    min-width: 6em;
    font-variant-numeric: tabular-nums;
  }
`;

/** Values are those at `position` on the timeline. */
export function legend(scene: Scene, ink: Ink, position: number) {
  const curves = presentCurves(scene);
  return html`<header>
    <h2>${scene.title}</h2>
    <ul class=${curves.some(({ predicts }) => predicts !== undefined) ? 'paired' : ''}>
      ${curves.map((curve) => entry(curve, ink, position))}
    </ul>
    ${
      scene.spreads.length > 0
        ? html`<ul class="spreads">
            ${scene.spreads.map((spread) => spreadEntry(spread, ink, position))}
          </ul>`
        : nothing
    }
  </header>`;
}
