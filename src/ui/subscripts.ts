/** Symbols in words. */
import { html, type TemplateResult } from 'lit';

/** "γ_c" with its index below the line; Unicode has no such letter. */
export const subscripts = (text: string): (string | TemplateResult)[] =>
  text.split(/_(\S)/).map((part, i) => (i % 2 ? html`<sub>${part}</sub>` : part));
