// Bytes sent by a process of its own to a client that does not read until the sender has come to a standstill.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { counted, exactly } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { nextMessage } from '../../proof/next-message.ts';
import { byteOf, CHUNK_BYTES } from './chunks.ts';
import type { Sent, Way } from './sender-child.ts';

const MIB = 1_024 * 1_024;
const WIDTH = 8;
/** MiB, without and with work on each chunk. */
const SIZE = 128;
const MAPPED_SIZE = 16;
/** For a process that holds all of it, and those beside it. */
const LEAST_MEMORY = 4 * SIZE;

export interface Transfer extends Sent {
  /** Chunks that arrived at their place. */
  readonly arrived: number;
}

/** Why this machine is too small for it; undefined where it is not. */
export function memoryLack(available = process.availableMemory()): string | undefined {
  const mib = Math.floor(available / MIB);
  return mib < LEAST_MEMORY ? `Needs ${LEAST_MEMORY} MiB of free memory, there are ${mib}` : undefined;
}

/** Sends so many MiB in one way. @throws Error where the sender ends too early, and the signal's reason */
export async function transfer(way: Way, size: number, signal: AbortSignal, width = WIDTH): Promise<Transfer> {
  signal.throwIfAborted();
  const chunks = (size * MIB) / CHUNK_BYTES;
  const server = createServer({ pauseOnConnect: true });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const child = fork(new URL('./sender-child.ts', import.meta.url), [way, port, chunks, width].map(String), {
    execArgv: [],
    stdio: ['pipe', 'inherit', 'inherit', 'ipc'],
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const end = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', end);
  let socket: Socket | undefined;
  server.once('connection', (client: Socket) => (socket = client.on('error', () => {})));
  try {
    await nextMessage<'still'>(child);
    const arrived = countArrived(socket!, chunks);
    const sent = await nextMessage<Sent>(child);
    return { ...sent, arrived: await arrived };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', end);
    end();
    await gone;
    socket?.destroy();
    server.close();
  }
}

/** Reads to the end, and counts the chunks that begin at their place with what they are filled with, and end so. */
async function countArrived(socket: Socket, chunks: number): Promise<number> {
  const right = new Uint8Array(chunks).fill(1);
  let at = 0;
  socket.on('data', (bytes: Buffer) => {
    for (let from = 0; from < bytes.length;) {
      const chunk = Math.floor(at / CHUNK_BYTES);
      const length = Math.min(bytes.length - from, (chunk + 1) * CHUNK_BYTES - at);
      for (const place of [from, from + length - 1]) if (bytes[place] !== byteOf(chunk)) right[chunk] = 0;
      from += length;
      at += length;
    }
  });
  const ended = once(socket, 'end');
  socket.resume(); // it was accepted at rest
  await ended;
  return right.subarray(0, Math.floor(at / CHUNK_BYTES)).reduce((sum, one) => sum + one, 0);
}

/** What waits in memory, for each of the ways without work: `data-...` and `pipeline-...`. */
export async function bufferBothWays({
  signal,
  screen,
}: Context): Promise<Record<'data' | 'pipeline' | 'grown', Figure[]>> {
  screen.draw(`… back-pressure: ${SIZE} MiB to a client that does not read`);
  const [data, piped] = await both((way) => transfer(way, SIZE, signal), 'data', 'pipeline');
  const all = SIZE * (MIB / CHUNK_BYTES);
  return {
    data: [
      counted('data-buffered', 'data and write: most buffered', data.buffered / MIB, 'MiB', { least: 100 }),
      counted('data-arrived', 'data and write: chunks that arrived in order', data.arrived, 'chunks', exactly(all)),
    ],
    pipeline: [
      counted('pipeline-buffered', 'pipeline: most buffered', piped.buffered / MIB, 'MiB', { most: 2 }),
      counted('pipeline-arrived', 'pipeline: chunks that arrived in order', piped.arrived, 'chunks', exactly(all)),
    ],
    grown: [
      counted('data-grown', 'data and write: memory of the process grew by', data.grown / MIB, 'MiB'),
      counted('pipeline-grown', 'pipeline: memory of the process grew by', piped.grown / MIB, 'MiB'),
    ],
  };
}

/** `mapped-...`: with work on each chunk by the recipe; `node-...`: by the map of Node.js. */
export async function mapBothWays({ signal }: Context): Promise<Record<'mapped' | 'node', Figure[]>> {
  const all = MAPPED_SIZE * (MIB / CHUNK_BYTES);
  const [mapped, node] = await both((way) => transfer(way, MAPPED_SIZE, signal), 'mapped', 'node-map');
  return {
    mapped: [
      counted('mapped-arrived', 'mapped: chunks that arrived in order', mapped.arrived, 'chunks', exactly(all)),
      counted('mapped-in-work', 'mapped: most in work', mapped.inWork, 'chunks', exactly(WIDTH)),
      counted('mapped-ahead', 'mapped: most read ahead of the socket', mapped.ahead, 'chunks', { most: WIDTH }),
    ],
    node: [
      counted('node-arrived', 'readable.map: chunks that arrived in order', node.arrived, 'chunks', exactly(all)),
      counted('node-in-work', 'readable.map: most in work', node.inWork, 'chunks', exactly(WIDTH)),
      counted('node-ahead', 'readable.map: most read ahead of the socket', node.ahead, 'chunks'),
    ],
  };
}

/** Two ways at the same time, in processes of their own. Where one fails, the other is awaited all the same. */
async function both(send: (way: Way) => Promise<Transfer>, one: Way, other: Way): Promise<[Transfer, Transfer]> {
  const ends = await Promise.allSettled([send(one), send(other)]);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return ends.map((end) => (end as PromiseFulfilledResult<Transfer>).value) as [Transfer, Transfer];
}
