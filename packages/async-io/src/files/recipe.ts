// Claim      Small files that the system has in its cache are read with the least CPU time by the synchronous call. With
//            a limit, or one `await` after another, they cost more, and as streams the most. What the
//            asynchronous call buys is an event loop that turns meanwhile.
// Mechanism  A cached file of some KiB takes some 10 us. An asynchronous call goes to a thread of libuv's pool and comes
//            back: `readFile` once for a small file, a stream once for each of open, read and close. In sequence that
//            trip is waited for every time; with a limit the trips overlap.
// Use when   a server reads files: asynchronously, with a limit. A script that does nothing else: synchronously. Both
//            wanted: synchronously, in a worker. Streams are for files that are too large to hold.
// Do not     open everything at once: see patient.ts for what happens, and for what to do where it cannot be helped.
// Run        pnpm tsx packages/async-io/src/main.ts files

import { createHash, hash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import pLimit from 'p-limit';

/** What becomes of a file: the SHA-256 of its bytes, or only how many they are. */
export type Product = 'digest' | 'length';

export function produce(bytes: Buffer, product: Product): string {
  return product === 'digest' ? hash('sha256', bytes) : String(bytes.length);
}

/** Nothing else happens on this thread until the last file is read. */
export function readSync(files: readonly string[], product: Product): string[] {
  return files.map((file) => produce(readFileSync(file), product));
}

/** One file at a time; the event loop turns between them. */
export async function readInSequence(files: readonly string[], product: Product): Promise<string[]> {
  const products: string[] = [];
  for (const file of files) products.push(produce(await readFile(file), product));
  return products;
}

/** So many files at a time; the answers are in the order of the files. */
export function readLimited(files: readonly string[], product: Product, limit = 32): Promise<string[]> {
  const admit = pLimit(limit);
  return Promise.all(files.map((file) => admit(async () => produce(await readFile(file), product))));
}

/** The same in pieces of 64 KiB: no file is ever whole in memory. */
export function streamLimited(files: readonly string[], product: Product, limit = 32): Promise<string[]> {
  const admit = pLimit(limit);
  return Promise.all(files.map((file) => admit(() => streamOne(file, product))));
}

export async function streamOne(file: string, product: Product): Promise<string> {
  const digest = createHash('sha256');
  let length = 0;
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    length += piece.length;
    if (product === 'digest') digest.update(piece);
  }
  return product === 'digest' ? digest.digest('hex') : String(length);
}
