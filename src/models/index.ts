/** The registry: a model is its own files and one line here. The first one opens by default. */
import { about as aboutCommittee } from './committee/about.ts';
import { about } from './dln/about.ts';
import { dln } from './dln/index.ts';
import { about as aboutGlm } from './glm/about.ts';
import type { Entry } from './library.ts';
import type { AnyModel } from './model.ts';
import { about as aboutMultipass } from './multipass/about.ts';

/** The default model comes with the page; a line of another one loads it when it is asked for. */
export const catalogue: readonly Entry[] = [
  { ...about, load: () => Promise.resolve(dln) },
  { ...aboutGlm, load: async () => (await import('./glm/index.ts')).glm },
  { ...aboutCommittee, load: async () => (await import('./committee/index.ts')).committee },
  { ...aboutMultipass, load: async () => (await import('./multipass/index.ts')).multipass },
];

/** Every model by name, for whoever does not wait for one at a time. */
export async function allModels(): Promise<Readonly<Record<string, AnyModel>>> {
  const models = await Promise.all(catalogue.map((entry) => entry.load()));
  return Object.fromEntries(models.map((model) => [model.name, model]));
}
