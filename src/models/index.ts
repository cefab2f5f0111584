/** The registry: a model is its own files and one line here. The first one opens by default. */
import type { AnyModel } from './model.ts';
import { dln } from './dln/index.ts';

export const models: Readonly<Record<string, AnyModel>> = { dln };
