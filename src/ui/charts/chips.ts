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

/**
 * Buttons that open and close what stands below the charts: functions of two times, where a limit gives some, and the law
 * over the coordinates, where the model has one. `set` takes a value of the view.
 */
export function viewChips(
  model: AnyModel,
  view: AnyConfig,
  hasFields: boolean,
  set: (detail: { readonly key: string; readonly value: unknown }) => void,
) {
  const [quantity] = Object.keys(model.distributions?.quantities ?? {});
  const [maps, law] = [view['maps'] === true, view['distribution'] !== 'none'];
  const chip = (label: string, open: boolean, title: string, key: string, value: unknown) =>
    html`<button class="chip" aria-pressed=${open} title=${title} @click=${() => set({ key, value })}>
      ${label}
    </button>`;
  return html`${
    maps || hasFields
      ? chip('two times', maps, 'Functions of two times that the limit gives, as maps', 'maps', !maps)
      : nothing
  }
  ${
    quantity === undefined
      ? nothing
      : chip(
          'law',
          law,
          'Histograms over the coordinates against the law of the limit; runs anew',
          'distribution',
          law ? 'none' : quantity,
        )
  }`;
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
