// A connection to whichever address of a name answers first (Happy Eyeballs, RFC 8305).

import { connect as connectTcp, isIPv6 } from 'node:net';
import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Found } from '../state.ts';
import { orAbort } from './or-abort.ts';
import type { Address } from './names.ts';

/** ms until the next address is tried beside the ones before it, as section 5 of the RFC recommends. */
const ATTEMPT_DELAY = 250;

export interface Attempts {
  /** Opens a socket that is not connected yet. */
  readonly open: (address: Address, port: number) => Socket;
  /** ms */
  readonly delay: number;
}

const ATTEMPTS: Attempts = { open: ({ address: host }, port) => connectTcp({ host, port }), delay: ATTEMPT_DELAY };

/**
 * Connects to the first address that answers. Each next one is tried when the one before it fails, or takes long; that one
 * goes on meanwhile, since a slow server is none that is down.
 *
 * @throws AggregateError of all failures, in the order in which they came; the reason of the signal
 */
export async function connect(
  addresses: readonly Address[],
  port: number,
  signal: AbortSignal,
  { open, delay }: Attempts = ATTEMPTS,
): Promise<Socket> {
  for (const { address } of addresses) expectInterface(address);
  signal.throwIfAborted();
  const waiting = alternate(addresses);
  const running = new Set<Socket>();
  const errors: Error[] = [];
  const first = Promise.withResolvers<Socket>();
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;

  const tryNext = (): void => {
    clearTimeout(timer);
    const address = waiting.shift();
    if (isOver || address === undefined) return;
    const socket = open(address, port);
    running.add(socket);
    if (waiting.length > 0) timer = setTimeout(tryNext, delay);
    socket.once('connect', () => first.resolve(socket));
    // The listener stays: an error after this step is over would end the program without one.
    socket.on('error', (error) => {
      errors.push(error);
      if (errors.length === addresses.length) first.reject(new AggregateError(errors, 'no address answers'));
      tryNext();
    });
  };

  try {
    tryNext();
    const socket = await orAbort(first.promise, signal);
    running.delete(socket);
    return socket;
  } finally {
    isOver = true;
    clearTimeout(timer);
    for (const socket of running) socket.destroy();
  }
}

/** The families in turn, that of the first address first: a family without a route delays the other by one attempt. */
function alternate(addresses: readonly Address[]): Address[] {
  const own = addresses.filter(({ family }) => family === addresses[0]?.family);
  const other = addresses.filter(({ family }) => family !== addresses[0]?.family);
  return Array.from({ length: Math.max(own.length, other.length) }, (_, n) => [own[n], other[n]])
    .flat()
    .filter((address) => address !== undefined);
}

/** An address of one link, fe80::/10, exists once on every link: it takes an interface, as in fe80::1%eth0. */
function expectInterface(address: string): void {
  const [host = '', zone] = address.split('%');
  if (!isIPv6(host)) return;
  if (zone === undefined) {
    if (/^fe[89ab]/i.test(host)) throw new Found('no-interface', 'no interface is named');
    return;
  }
  // A number is the interface's index, which the system checks.
  if (!/^\d+$/.test(zone) && networkInterfaces()[zone] === undefined) {
    throw new Found('no-interface', `no interface '${zone}'`);
  }
}
