/** Keeps the address bar and the settings the same, so that a link, Back and Reload reproduce an experiment. */
import {
  decodeFragment,
  encodeFragment,
  modelIn,
  type Decoded,
  type Schemas,
  type Settings,
} from './fragment.ts';
import type { Store } from './store.ts';

/** Milliseconds between two edits written to the address while a slider is dragged. */
const DELAY = 1000;
/**
 * Edits that may be written faster, one more for every DELAY without any: browsers limit how often the address may be
 * written to, Safari to 100 times in 30 s.
 */
const SPARE = 60;

/** Loads a model by name. */
type Load = (name: string) => Promise<unknown>;

/** What the address says, once its model is loaded; passes on what `load` throws. */
export async function readAddress(schemas: Schemas, load: Load): Promise<Decoded> {
  await load(modelIn(window.location.href, schemas));
  return decodeFragment(window.location.href, schemas);
}

/** The whole link to these settings. */
export function linkTo(settings: Settings, schemas: Schemas): string {
  const [page] = window.location.href.split('#');
  return `${page}#${encodeFragment(settings, schemas)}`;
}

export interface Binding {
  readonly load: Load;
  /** Called before the settings that an address says take over. */
  readonly onRead: (decoded: Decoded) => void;
  /** Takes one line where the browser refuses to be written to, or a model cannot be loaded. */
  readonly report: (message: string) => void;
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * Writes every change of the store to the address: a jump as a new entry of the history; edits into the present one, at
 * the latest when the key or the pointer that makes them is let go, so that Back and Forward find all of them. Reads the
 * address whenever the user changes it.
 */
export function bindAddress(store: Store, { load, onRead, report }: Binding): void {
  const { schemas } = store;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pending: Settings | undefined;
  let written = -Infinity;
  let spare = SPARE;

  function write(method: 'pushState' | 'replaceState', settings: Settings): void {
    const now = performance.now();
    spare = Math.min(SPARE, spare + (now - written) / DELAY) - 1;
    written = now;
    try {
      window.history[method](null, '', linkTo(settings, schemas));
    } catch (error) {
      report(`the address could not be updated: ${reasonOf(error)}`);
    }
  }

  function drop(): void {
    clearTimeout(timer);
    timer = undefined;
    pending = undefined;
  }

  function flush(): void {
    if (pending) write('replaceState', pending);
    drop();
  }

  const letGo = () => {
    if (spare >= 1) flush();
  };

  function take(): void {
    const decoded = decodeFragment(window.location.href, schemas);
    const fragment = (settings: Settings) => encodeFragment(settings, schemas);
    // A change by hand arrives as popstate and as hashchange.
    if (decoded.problems.length === 0 && fragment(decoded.settings) === fragment(store.settings)) return;
    onRead(decoded);
    store.replace(decoded.settings, 'link');
  }

  async function read(): Promise<void> {
    const { href } = window.location;
    const model = modelIn(href, schemas);
    if (!schemas.models[model]) {
      try {
        await load(model);
      } catch (error) {
        report(`model ${model} could not be loaded: ${reasonOf(error)}`);
        return;
      }
      // Whoever has gone elsewhere meanwhile has asked for that.
      if (window.location.href !== href) return;
    }
    take();
  }

  store.subscribe((settings, cause) => {
    if (cause === 'link') drop();
    else if (cause === 'jump') {
      flush();
      write('pushState', settings);
    } else {
      pending = settings;
      const wait = written + DELAY - performance.now();
      if (wait <= 0) flush();
      else timer ??= setTimeout(flush, wait);
    }
  });
  const onRoute = () => void read();
  window.addEventListener('popstate', onRoute);
  window.addEventListener('hashchange', onRoute);
  window.addEventListener('pagehide', flush);
  window.addEventListener('pointerup', letGo);
  window.addEventListener('keyup', letGo);
}
