// A process that sends so many bytes to a port, in one way, and reports what waited in its memory meanwhile: once when nothing
// moves any more, once when all is sent.

import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { endWithParent } from '@cookbook/lab/cleanup';
import { copy, copyByData, copyMapped } from '../recipe.ts';
import { byteOf, CHUNK_BYTES } from './chunks.ts';

export type Way = 'data' | 'pipeline' | 'mapped' | 'node-map';

export interface Sent {
  /** The most bytes that were read and had not left the process: in the buffers of the source and of the socket. */
  readonly buffered: number;
  /** By which the resident set had grown when nothing moved any more, bytes: what is read after that is garbage for a while. */
  readonly grown: number;
  /** The most chunks that were worked on at once, and that were read and not yet given to the socket. */
  readonly inWork: number;
  readonly ahead: number;
}

/** ms without a chunk after which nothing moves any more. */
const STILL_MS = 20;

endWithParent();
const [way, port, chunks, width] = process.argv.slice(2) as [Way, string, string, string];
let [read, buffered, grown, inWork, working, ahead] = [0, 0, 0, 0, 0, 0];

const socket = connect(Number(port), '127.0.0.1');
await once(socket, 'connect');
const atStart = process.memoryUsage.rss();
const source = Readable.from(chunksOf(), { objectMode: false });

async function* chunksOf(): AsyncGenerator<Buffer> {
  for (; read < Number(chunks); read++) {
    ahead = Math.max(ahead, read + 1 - socket.bytesWritten / CHUNK_BYTES);
    buffered = Math.max(buffered, socket.writableLength + source.readableLength);
    yield Buffer.alloc(CHUNK_BYTES, byteOf(read));
    await turnOfTheLoop(); // the socket has a chance to send it
  }
  buffered = Math.max(buffered, socket.writableLength + source.readableLength);
}

/** The first of four chunks takes the longest. */
async function work(chunk: Buffer): Promise<Buffer> {
  inWork = Math.max(inWork, ++working);
  for (let turns = 8 * (4 - (chunk[0]! % 4)); turns > 0; turns--) await turnOfTheLoop();
  working--;
  return chunk;
}

const WAYS: Record<Way, () => Promise<void>> = {
  data: () => copyByData(source, socket),
  pipeline: () => copy(source, socket),
  mapped: () => copyMapped(chunksOf(), Number(width), work, socket),
  'node-map': () => pipeline(Readable.from(chunksOf()).map(work, { concurrency: Number(width) }), socket),
};

let before = 0;
const watch = setInterval(() => {
  if (read === before && read > 0) {
    clearInterval(watch);
    grown = process.memoryUsage.rss() - atStart;
    process.send!('still');
  }
  before = read;
}, STILL_MS);
await WAYS[way]();
process.send!({ buffered, grown, inWork, ahead } satisfies Sent, () => process.disconnect!());
