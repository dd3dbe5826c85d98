// The server as a process of its own: it does not share the event loop that it serves, and takes orders by message, so that
// all it counts is what its clients did.

import { http1Listener, http2Listener } from './listeners.ts';
import type { Listener } from './listeners.ts';
import type { Order, Orders, Reply } from './protocol.ts';
import { Service } from './service.ts';
import type { Exchange } from './service.ts';

let service: Service;
let listeners: readonly Listener[] = [];

const onExchange = (exchange: Exchange): void => service.handle(exchange);
const onSocket = (): void => {
  service.tally.count('sockets');
  service.tally.most('mostSockets', openSockets());
};

function openSockets(): number {
  return listeners.reduce((sum, listener) => sum + listener.sockets, 0);
}

type Obey = {
  readonly [What in keyof Orders]: (
    given: Orders[What]['given'],
  ) => Orders[What]['reply'] | Promise<Orders[What]['reply']>;
};

const obey: Obey = {
  async open({ behaviour, http2 }) {
    service = new Service(behaviour);
    listeners = [http1Listener, ...(http2 ? [http2Listener] : [])].map((make) => make(onExchange, onSocket));
    await obey.start(undefined);
    return { http1: listeners[0]!.port, http2: listeners[1]?.port };
  },

  counts: () => service.tally.counts(),

  reset(behaviour) {
    service = new Service(behaviour); // what is under way stays with the old one
    service.tally.most('mostSockets', openSockets());
  },

  async stop() {
    service.stop();
    await Promise.all(listeners.map((listener) => listener.stop()));
  },

  async start() {
    await Promise.all(listeners.map((listener) => listener.listen()));
    service.start();
  },
};

process.on('message', async ({ id, what, given }: Order) => {
  const answer = await attempt(() => obey[what](given as never));
  if (process.connected) process.send!({ id, ...answer } satisfies Reply);
});
process.on('disconnect', () => process.exit());

async function attempt(act: () => unknown): Promise<{ reply: unknown } | { error: string }> {
  try {
    return { reply: await act() };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
