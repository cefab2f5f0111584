/** What there is to read about this model; loaded when asked for. */
import type { Texts } from '../model.ts';
import { citations } from './citations.ts';
import equations from './equations.tex';

export const texts: Texts = { equations, citations };
