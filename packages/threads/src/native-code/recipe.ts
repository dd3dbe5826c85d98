// Claim      Calls of `crypto.pbkdf2` run in parallel from one JavaScript thread, as many as libuv's pool has threads.
// Mechanism  The computation is C++ in libuv's pool: first in, first out, for `crypto`, `zlib`, `fs`, `dns.lookup`.
// Use when   the heavy work is native already: hashing, compressing.
// Do not     fill the pool: an `fs.stat` waits behind. Set UV_THREADPOOL_SIZE before the process starts.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/threads/src/main.ts native-code

import { pbkdf2 } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);

/** The heavy work, in proportion to `iterations`. Resolves with the key in hex. */
export async function deriveKey(iterations: number): Promise<string> {
  return (await derive('password', 'salt', iterations, 32, 'sha256')).toString('hex');
}

/**
 * All keys at once: as parallel as the pool. At most UV_THREADPOOL_SIZE - 1 of them leave a thread for files. None can be
 * cancelled.
 */
export async function deriveKeys(count: number, iterations: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => deriveKey(iterations)));
}

/** Asks for a file's status after so many keys. Resolves with how many of them were done before it, once all are done. */
export async function statBehind(count: number, iterations: number): Promise<number> {
  let done = 0;
  const keys = Array.from({ length: count }, () => deriveKey(iterations).then(() => done++));
  // All of them at once: one that failed while another is awaited would end the program.
  const [doneBefore] = await Promise.all([stat(import.meta.filename).then(() => done), ...keys]);
  return doneBefore;
}
