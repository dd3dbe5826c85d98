// Claim      Some of 500 files opened at once fail with EMFILE where 64 may be open; with a retry all are read.
// Mechanism  A process may have so many descriptors open. EMFILE leaves the file untouched: opening again is safe.
// Use when   other code opens files too.
// Do not     retry instead of a limit: opening twice costs more than waiting.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts too-many-open-files

import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_PAUSE_MS = 50;

/**
 * Does `work`, again after a pause where the system has no descriptor left. Pauses double from 1 ms on, and are random so
 * that calls refused together do not come back together.
 *
 * @param onRefused is called at every refusal
 * @throws whatever else `work` throws, and the reason of `signal` where it is aborted
 */
export async function retryWithoutDescriptor<T>(
  work: () => Promise<T>,
  { onRefused = () => {}, signal }: { onRefused?: () => void; signal?: AbortSignal } = {},
): Promise<T> {
  for (let pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!isOutOfDescriptors(error)) throw error;
      onRefused();
    }
    await sleep(Math.random() * pause, undefined, { signal }).catch(() => {}); // aborted: thrown above, as it is
  }
}

/** Whether an error says that the process (EMFILE), or the whole system (ENFILE), has no descriptor left. */
export function isOutOfDescriptors(error: unknown): boolean {
  return ['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException | undefined | null)?.code ?? '');
}
