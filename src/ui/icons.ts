/** Line icons on a 24 × 24 grid; whoever shows one labels it. */
import { html, type TemplateResult } from 'lit';

const paths = {
  play: 'M7 4.5v15l12-7.5z',
  pause: 'M8 5v14M16 5v14',
  step: 'M5 5v14l9-7zM18 5v14',
  restart: 'M4 12a8 8 0 1 0 2.6-5.9M4 3.5v4h4',
  pin: 'M12 15v6M8 3h8M9 3v6l-3 4v2h12v-2l-3-4V3',
  download: 'M12 3.5v11M7.5 10.5l4.5 4.5 4.5-4.5M4 20h16',
  link: 'M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7l1.6-1.6',
  reset: 'M9 14L4 9l5-5M4 9h10a5.5 5.5 0 0 1 0 11h-4',
  formula: 'M18 6V4H6l6.5 8L6 20h12v-2',
  study: 'M4 4v16h16M7 7.5l11 8.5M8 12v.1M12 9v.1M16 18v.1M17 13v.1',
  help: 'M9 9a3 3 0 1 1 4.4 2.7c-1 .5-1.4 1.1-1.4 2.3M12 17.6v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  type: 'M3 19l5-13 5 13M4.8 14.5h6.4M16 10h5M18.5 7.5v5',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  sliders: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  close: 'M6 6l12 12M18 6L6 18',
  note: 'M12 11v6M12 7.4v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  warning: 'M12 9v5M12 17v.1M12 3.5L2.5 20h19z',
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${paths[name]} /></svg>`;
}
