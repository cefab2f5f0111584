/** A limit that a page can name without what it takes to solve it. */
import type { Limit } from './model.ts';

/** `load` gives what solves it, when it is first solved. */
export function lazyLimit<S extends string>(
  about: Omit<Limit<S>, 'solve'>,
  load: () => Promise<Pick<Limit<S>, 'solve'>>,
): Limit<S> {
  return {
    ...about,
    async *solve(config, saveAt, signal) {
      const { solve } = await load();
      signal.throwIfAborted();
      yield* solve(config, saveAt, signal);
    },
  };
}
