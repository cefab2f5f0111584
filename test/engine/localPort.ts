/** A worker that lives in this thread: messages are copied and delivered later, as between real threads. */
import type { Port, Reply, Request } from '../../src/engine/port.ts';
import { serve } from '../../src/engine/serve.ts';
import type { AnyModel } from '../../src/models/model.ts';

export function localPort(models: Readonly<Record<string, AnyModel>>): Port {
  const { port1, port2 } = new MessageChannel();
  const answer = serve(
    (name) => Promise.resolve(models[name]!),
    (reply, transfers) => port2.postMessage(reply, transfers),
  );
  port2.onmessage = (event: MessageEvent<Request>) => answer(event.data);
  return {
    post: (message) => port1.postMessage(message),
    listen: (receive) => {
      port1.onmessage = (event: MessageEvent<Reply>) => receive(event.data);
    },
    terminate: () => {
      port1.close();
    },
  };
}
