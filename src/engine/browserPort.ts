/** A browser worker as a Port. */
import type { Port, Reply } from './port.ts';

/** Starts a worker that simulates runs and solves limits. */
export function spawnWorker(): Port {
  const worker = new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' });
  return {
    post: (message) => worker.postMessage(message),
    listen(receive) {
      worker.onmessage = (event: MessageEvent<Reply>) => receive(event.data);
      // A script that could not be loaded gives an event without a message.
      worker.onerror = ({ message }) =>
        receive({ id: 0, error: message || 'the worker could not be started' });
      worker.onmessageerror = () => receive({ id: 0, error: 'a message from the worker could not be read' });
    },
    terminate: () => worker.terminate(),
  };
}
