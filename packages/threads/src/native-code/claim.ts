import { fork } from 'node:child_process';
import { once } from 'node:events';
import { allHold, defineClaim, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { speedupOf } from '@cookbook/lab/python';
import { judgeParallel, judgeSerial, speedupFigures } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import type { PoolAnswer, PoolTask } from './proof/libuv-pool-task.ts';

const CORES = Math.max(2, usableCores());

interface NativeEvidence extends Evidence {
  readonly small: Speedup;
  readonly large: Speedup;
  readonly stats: readonly Figure[];
}

export default defineClaim<NativeEvidence>({
  id: 'threads/native-code',
  says: 'Native modules that let go of the lock run in parallel.',
  from: ['QA'],
  answer:
    'crypto.pbkdf2 runs in parallel from one JavaScript thread, up to UV_THREADPOOL_SIZE, and an fs.stat behind a full pool waits for it.',

  async measure({ signal }: Context) {
    const one = await askPool({ size: 1, lanes: CORES, trials: 3 }, signal);
    const full = await askPool({ size: CORES, lanes: CORES, trials: 6 }, signal);
    const [small, large] = [speedupOf(one), speedupOf(full)];
    const { keys } = full.stat;
    const stats = [
      // All but those that the other threads of the pool were still at when the stat had its turn.
      sampled(`keys done before an fs.stat behind ${keys} of them`, full.stat.full, 'keys', {
        least: keys - CORES + 1,
      }),
      sampled('keys done before it where a thread was kept free', full.stat.oneFree, 'keys', { most: 0 }),
    ];
    const figures = [
      ...speedupFigures(large, `${CORES} keys at once, pool of ${CORES}`, 'parallel'),
      ...speedupFigures(small, `${CORES} keys at once, pool of 1`, 'serial'),
      ...stats,
    ];
    return {
      small,
      large,
      stats,
      headline: `${CORES} keys at once: ${reached(large, CORES)}, ${reached(small, 1)}; an fs.stat behind ${keys} keys waited for ${stats[0]!.median} of them`,
      figures,
    };
  },

  judge: ({ small, large, stats }) => allHold([judgeParallel(large), judgeSerial(small), judgeIntervals(stats)]),
});

function reached(speedup: Speedup, size: number): string {
  const [figure] = speedupFigures(speedup, '');
  return `${figure!.median.toFixed(2)}x with a pool of ${size}`;
}

/** Runs the child with a pool of that size: the size is read from the environment when the pool starts. */
async function askPool(task: PoolTask, signal: AbortSignal): Promise<PoolAnswer> {
  const child = fork(new URL('./proof/libuv-pool-task.ts', import.meta.url), {
    execArgv: [],
    signal,
    env: { ...process.env, UV_THREADPOOL_SIZE: String(task.size) },
  });
  const gone = once(child, 'exit', { signal });
  child.send(task);
  const [answer] = (await Promise.race([once(child, 'message', { signal }), gone])) as [PoolAnswer | number | null];
  if (typeof answer !== 'object' || answer === null) {
    throw new Error(`Expected an answer of the process, but it ended with exit code ${answer}`);
  }
  await gone;
  return answer;
}
