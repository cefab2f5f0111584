/** What there is to read about this model; loaded when asked for. */
import type { Texts } from '../model.ts';
import { citations } from '../multiIndex/citations.ts';
import family from '../multiIndex/equations.tex';
import equations from './equations.tex';

export const texts: Texts = { equations: [...family, ...equations], citations };
