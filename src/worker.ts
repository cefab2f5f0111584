/** Entry of every worker in the page: simulates runs and solves limits. */
import { serve } from './engine/serve.ts';
import { models } from './models/index.ts';

const answer = serve(models, (reply) => self.postMessage(reply));
self.onmessage = (event: MessageEvent<Parameters<typeof answer>[0]>) => answer(event.data);
