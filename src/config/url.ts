/** Keeps the address bar and the settings the same, so that a link, Back and Reload reproduce an experiment. */
import { decodeFragment, encodeFragment, type Decoded, type Schemas, type Settings } from './fragment.ts';
import type { Store } from './store.ts';

/** Least milliseconds between two edits written to the address: browsers limit how often it may be. */
const DELAY = 1000;

/** What the address says. */
export function readAddress(schemas: Schemas): Decoded {
  return decodeFragment(window.location.href, schemas);
}

/** The whole link to these settings. */
export function linkTo(settings: Settings, schemas: Schemas): string {
  const [page] = window.location.href.split('#');
  return `${page}#${encodeFragment(settings, schemas)}`;
}

/**
 * Writes every change of the store to the address (a jump as a new entry of the history; while a slider is dragged
 * one value a second, and the last one when it is let go), and reads the address whenever the user changes it. `report` takes one line when the browser refuses to be written to.
 */
export function bindAddress(
  store: Store,
  onRead: (decoded: Decoded) => void,
  report: (message: string) => void,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pending: Settings | undefined;
  let written = -Infinity;

  function write(method: 'pushState' | 'replaceState', settings: Settings): void {
    try {
      window.history[method](null, '', linkTo(settings, store.schemas));
    } catch (error) {
      report(`the address could not be updated: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!pending) return;
    write('replaceState', pending);
    written = performance.now();
    pending = undefined;
  }

  function read(): void {
    const decoded = readAddress(store.schemas);
    const fragment = (settings: Settings) => encodeFragment(settings, store.schemas);
    // A change by hand arrives as popstate and as hashchange.
    if (decoded.problems.length === 0 && fragment(decoded.settings) === fragment(store.settings)) return;
    onRead(decoded);
    store.replace(decoded.settings, 'link');
  }

  store.subscribe((settings, cause) => {
    if (cause === 'link') {
      clearTimeout(timer);
      timer = undefined;
      pending = undefined;
    } else if (cause === 'jump') {
      flush();
      write('pushState', settings);
    } else {
      pending = settings;
      const wait = written + DELAY - performance.now();
      if (wait <= 0) flush();
      else timer ??= setTimeout(flush, wait);
    }
  });
  window.addEventListener('popstate', read);
  window.addEventListener('hashchange', read);
  window.addEventListener('pagehide', flush);
  window.addEventListener('pointerup', flush);
}
