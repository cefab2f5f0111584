/** Entry of every worker in the page: simulates runs and solves limits. */
import { serve } from './engine/serve.ts';
import { catalogue } from './models/index.ts';
import { Library } from './models/library.ts';

const library = new Library(catalogue);
const answer = serve(
  (name) => library.load(name),
  (reply, transfers) => self.postMessage(reply, { transfer: transfers }),
);
self.onmessage = (event: MessageEvent<Parameters<typeof answer>[0]>) => answer(event.data);
