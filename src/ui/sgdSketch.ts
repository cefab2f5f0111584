/** <sgd-sketch>: the small picture beside a parameter; not part of the first load. */
import { LitElement, css, html, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Sketch } from '../models/model.ts';
import { formatValue } from './charts/format.ts';
import { barsOf, sketchText } from './sketch.ts';

/** Of the picture, in its own units. */
const WIDTH = 200;
const HEIGHT = 28;

@customElement('sgd-sketch')
export class SgdSketch extends LitElement {
  static override readonly styles = css`
    div {
      display: grid;
      grid-template-columns: 8.4rem minmax(0, 1fr) 3.4rem;
      gap: 0.5rem;
      align-items: end;
      color: var(--muted);
      font-size: 0.85rem;
      line-height: 1;
      font-variant-numeric: tabular-nums;
    }
    span:first-child {
      text-align: right;
    }
    svg {
      width: 100%;
      height: 2rem;
      border-bottom: 1px solid var(--edge);
      fill: var(--accent);
    }
  `;

  @property({ attribute: false }) sketch!: Sketch;

  protected override render() {
    const { values } = this.sketch;
    const drawn = barsOf(values);
    const { kind, bars } = drawn;
    const room = WIDTH - 4;
    const shapes = bars.map(({ at, width, height }) => {
      const thick = kind === 'spikes' ? 3 : width * room;
      const x = 2 + at * room - (kind === 'spikes' ? thick / 2 : 0);
      // What is there shows, however little of it.
      const tall = Math.max(1.5, height * (HEIGHT - 2));
      return svg`<rect x=${x} y=${HEIGHT - tall} width=${thick} height=${tall} />`;
    });
    const text = sketchText(this.sketch, drawn);
    return html`<div role="img" aria-label=${text} title=${text}>
      <span>${formatValue(values[0]!, 2)}</span>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${shapes}</svg>
      <span>${formatValue(values.at(-1)!, 2)}</span>
    </div>`;
  }
}
