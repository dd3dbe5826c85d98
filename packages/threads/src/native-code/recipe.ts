// Claim      Several `crypto.pbkdf2` at once run in parallel from one JavaScript thread, as many as the libuv pool has
//            threads: with UV_THREADPOOL_SIZE=1 a speedup of 1, with one a core close to the number of cores. Whatever else
//            uses that pool waits behind them, an `fs.stat` too.
// Mechanism  The computation is C++ and holds no JavaScript: Node puts it into the queue of libuv's pool, first in, first
//            out. `crypto`, `zlib`, `fs` and `dns.lookup` share that one queue; the network does not use it.
// Use when   the heavy work is native already (hashing, compressing, image codecs): no worker is needed.
// Do not     fill the pool: keep one thread of it free for files, by a limit of UV_THREADPOOL_SIZE - 1 at once. The size is
//            read once, when the pool is first used: set it in the environment of the process.
// Run        pnpm tsx packages/threads/src/main.ts native-code

import { pbkdf2 } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** The heavy work: about a third of a microsecond for each iteration. Resolves with the key in hex. */
export async function deriveKey(iterations: number): Promise<string> {
  return (await derive('password', 'salt', iterations, 32, 'sha256')).toString('hex');
}

/** All keys at once: as parallel as the pool. */
export async function deriveKeys(count: number, iterations: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => deriveKey(iterations)));
}

/** Asks for a file's status behind so many keys. Returns how many of them were done before the answer came. */
export async function statBehind(count: number, iterations: number): Promise<number> {
  let done = 0;
  const keys = Array.from({ length: count }, () => deriveKey(iterations).then(() => done++));
  await stat(import.meta.filename);
  const doneBefore = done;
  await Promise.all(keys);
  return doneBefore;
}
