// Claim      Opening more files at once than the system allows fails with EMFILE for those beyond. Under a limit nothing
//            fails; and with a retry nothing is skipped even where the limit is not ours to choose.
// Mechanism  The number of open descriptors of a process is bounded: often by 1,024, on macOS by 256. EMFILE says that
//            it is reached (ENFILE: that of the whole system); nothing has happened to the file, so asking again is safe.
// Use when   others open files in the same process, so that no limit of ours can be sure to suffice.
// Do not     retry instead of a limit: what is opened, refused and opened again costs more than what waits its turn.
// Run        pnpm tsx packages/async-io/src/main.ts files

import { setTimeout as sleep } from 'node:timers/promises';

const LONGEST_PAUSE_MS = 50;

/**
 * Does `work`, again after a pause where the system has no descriptor left. Pauses double from 1 ms on, and are random so
 * that those who were refused together do not come back together.
 *
 * @param onRefused hears of every refusal
 * @throws whatever else `work` throws, and the reason of `signal` where it is aborted
 */
export async function patiently<T>(
  work: () => Promise<T>,
  { onRefused = () => {}, signal }: { onRefused?: () => void; signal?: AbortSignal } = {},
): Promise<T> {
  for (let pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      onRefused();
      await sleep(Math.random() * pause, undefined, { signal });
    }
  }
}

export function isRefusal(error: unknown): boolean {
  return ['EMFILE', 'ENFILE'].includes((error as NodeJS.ErrnoException).code ?? '');
}
