/** What is shown: one chip per observable, one per pin. */
import { html, nothing } from 'lit';
import type { AnyConfig } from '../../config/parameter.ts';
import type { AnyModel } from '../../models/model.ts';
import { swatch } from './legend.ts';
import type { Ink } from './palette.ts';
import type { Pin } from './pin.ts';

/** Toggle buttons; one that would show nothing says why on hover and on focus. */
export function chips(
  model: AnyModel,
  config: AnyConfig,
  shown: readonly string[],
  toggle: (observable: string) => void,
  explain: (reason: string) => void,
) {
  return html`<div class="chips" role="group" aria-label="Observables shown">
    ${Object.entries(model.observables).map(([name, { label, doc, absent, optional }]) => {
      const pressed = shown.includes(name);
      const reason = absent?.(config);
      if (optional && reason !== undefined && !pressed) return nothing;
      const disabled = reason !== undefined && !pressed;
      const text = reason === undefined ? '' : `${label}: ${reason}`;
      return html`<button
        class="chip"
        aria-pressed=${pressed}
        aria-disabled=${disabled}
        title=${text || doc}
        @click=${disabled ? () => explain(text) : () => toggle(name)}
        @focus=${() => explain(text)}
        @blur=${() => explain('')}
      >
        ${label}
      </button>`;
    })}
  </div>`;
}

/** Legend of the pins, each removable. */
export function pinList(pins: readonly Pin[], ink: Ink, unpin: (id: number) => void) {
  if (pins.length === 0) return nothing;
  return html`<ul class="pins" aria-label="Pinned curves">
    ${pins.map(
      ({ id, label }, pin) =>
        html`<li>
          ${swatch({ kind: 'limit', index: 0, pin }, ink, false)}
          <span>${label}</span>
          <button
            class="remove"
            title="Remove these curves"
            aria-label="Remove pin ${label}"
            @click=${() => unpin(id)}
          >
            ×
          </button>
        </li>`,
    )}
  </ul>`;
}
