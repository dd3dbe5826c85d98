import { counted, defineClaim, judgeBounds, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { Mutex } from '../mutex/recipe.ts';
import { askThenKill, CLEANED_UP, kill, killAndRecover, LOCK, PROGRESS, startLoop } from './recipe.ts';

const ROUNDS = 7;
/** How long the main thread tries for the lock of a dead thread. It would wait for ever. */
const TRY_MS = 10;
const PATIENCE_MS = 2_000;

interface Round {
  /** From `terminate()` until the thread is gone, ms. */
  readonly ms: number;
  readonly ended: boolean;
  readonly cleanedUp: boolean;
  readonly lockStaysHeld: boolean;
  readonly recovered: boolean;
  readonly askedInTime: boolean;
}

export default defineClaim<Evidence>({
  id: 'threads/kill',
  says: 'A thread cannot be interrupted or killed.',
  from: ['QA'],
  answer:
    'terminate() ends an endless loop within 100 ms; no finally runs and a lock that it held stays held, until it is recovered by its owner.',

  async measure({ signal }: Context) {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      rounds.push(await runRound());
    }
    const times = rounds.map(({ ms }) => ms);
    const count = (what: keyof Round): number => rounds.filter((round) => round[what]).length;
    const gone = sampled('time from terminate() until the thread is gone', times, 'ms', { most: 100 });
    const all = { least: ROUNDS };
    return {
      headline: `an endless loop ended ${count('ended')} times of ${ROUNDS}, in ${gone.median.toFixed(1)} ms; its lock stayed held ${count('lockStaysHeld')} times`,
      figures: [
        counted('endless loops ended', count('ended'), 'threads', all),
        gone,
        counted('finally blocks run by a killed thread', count('cleanedUp'), 'threads', { most: 0 }),
        counted('locks still held by a dead thread', count('lockStaysHeld'), 'locks', all),
        counted('locks recovered by their owner, then taken', count('recovered'), 'locks', all),
        counted('loops that look for a request: ended with their finally', count('askedInTime'), 'threads', all),
      ],
      notes: [
        `Whoever takes the lock of a dead thread without a time limit waits for ever; here the limit is ${TRY_MS} ms.`,
      ],
    };
  },

  judge: ({ figures }) => judgeIntervals(figures),

  // The post's sentence is judged: no way to end the thread, and it is alive.
  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { ways, alive } = answer as { ways: string[]; alive: boolean };
    const figures = [
      counted('ways to end it that a thread offers', ways.length, 'methods', { most: 0 }),
      counted('endless loops alive after a join of 0.3 s', Number(alive), 'threads', { least: 1 }),
    ];
    return { figures, judgement: judgeBounds({ figures }) };
  }),
});

/** One loop killed without and one with a recovery of its lock, and one asked. */
async function runRound(): Promise<Round> {
  const [killed, recoverable, polite] = [
    await startLoop({ deaf: true }),
    await startLoop({ deaf: true }),
    await startLoop({ deaf: false }),
  ];
  const start = performance.now();
  await kill(killed);
  const ms = performance.now() - start;

  const mutex = new Mutex(recoverable.memory, LOCK);
  const held = await killAndRecover(recoverable, mutex);
  return {
    ms,
    ended: killed.thread.threadId === -1, // a Worker's number once it is gone
    cleanedUp: Atomics.load(killed.memory, PROGRESS) === CLEANED_UP,
    lockStaysHeld: !new Mutex(killed.memory, LOCK).tryLock(TRY_MS),
    recovered: held && mutex.tryLock(),
    askedInTime: await askThenKill(polite, PATIENCE_MS),
  };
}
