/** A Node worker thread as a Port. The worker runs the very file that starts it: see main.ts. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Port } from '../engine/port.ts';

export function spawnNodeWorker(): Port {
  const worker = new Worker(fileURLToPath(import.meta.url));
  return {
    post: (message) => worker.postMessage(message),
    listen(receive) {
      worker.on('message', receive);
      worker.on('messageerror', (error) => receive({ id: 0, error: error.message }));
      worker.on('error', (error) => receive({ id: 0, error: error.message }));
    },
    terminate: () => void worker.terminate(),
  };
}
