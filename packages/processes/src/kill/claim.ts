import { setTimeout as sleep } from 'node:timers/promises';
import { allHold, counted, defineClaim, judgeBounds, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { KINDS, leavesOrphan } from './orphans.ts';
import { ask, askThenKill, ended, kill, start, startLimited } from './recipe.ts';

const ROUNDS = 5;
/** From the signal until the process is gone; some 2 ms on a free machine. */
const MOST_MS = 500;
const PATIENCE_MS = 50;
const LIMIT_MS = 150;

/** What ends a loop that listens to nothing: each returns the ms that it took, from the moment that it was to end. */
const WAYS: Record<string, () => Promise<{ how: string; ms: number }>> = {
  SIGTERM: async () => {
    const { child } = await start('loop');
    return timed(() => {
      ask(child);
      return ended(child);
    });
  },
  SIGKILL: async () => {
    const { child } = await start('loop');
    return timed(() => kill(child));
  },
  AbortSignal: async () => {
    const stop = new AbortController();
    const child = startLimited({ signal: stop.signal });
    await new Promise((resolve) => child.once('message', resolve));
    return timed(() => {
      stop.abort();
      return ended(child);
    });
  },
  timeout: async () => {
    const child = startLimited({ timeout: LIMIT_MS });
    const { how, ms } = await timed(() => ended(child));
    return { how, ms: Math.max(0, ms - LIMIT_MS) };
  },
};

export default defineClaim<Evidence>({
  id: 'processes/kill',
  says: 'Child processes can be interrupted and killed.',
  from: ['QA'],
  answer:
    'SIGKILL ends any process within 500 ms; SIGTERM does not end one that handles it and computes. What a killed process has started lives on, unless it listens for its end.',

  async measure({ signal }: Context) {
    const seen = new Map(Object.keys(WAYS).map((way) => [way, [] as { how: string; ms: number }[]]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [way, ends] of seen) {
        signal.throwIfAborted();
        ends.push(await WAYS[way]!());
      }
    }
    const deaf = await askTheDeaf();
    const orphans = await Promise.all(KINDS.map(leavesOrphan));
    signal.throwIfAborted();

    const times = sampled('SIGKILL: from the signal until the process is gone', msOf(seen.get('SIGKILL')!), 'ms');
    const left = KINDS.filter((_, index) => orphans[index]);
    return {
      headline: `an endless loop is gone ${times.median.toFixed(1)} ms after SIGKILL; deaf to SIGTERM it lives on; of a killed parent's ${KINDS.length} children ${left.length} are left`,
      figures: [
        ...[...seen].flatMap(([way, ends]) => figuresOf(way, ends)),
        ...deaf,
        ...KINDS.map(({ name, orphan }, index) =>
          counted(
            `left when the parent is killed: a child that ${name}`,
            Number(orphans[index]),
            'of 1',
            orphan ? { least: 1 } : { most: 0 },
          ),
        ),
      ],
      notes: [
        `${ROUNDS} rounds; the children that are left are ended by the measurement. For timeout the time is what exceeds it.`,
      ],
    };
  },

  judge: ({ figures }) =>
    allHold([
      judgeIntervals(figures.filter(({ unit }) => unit === 'ms')),
      judgeBounds({ figures: figures.filter(({ unit }) => unit !== 'ms') }),
    ]),

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { alive, exitcode, ms } = answer as { alive: number; exitcode: number; ms: number };
    const figures = [
      counted('endless loops alive after terminate()', alive, 'processes', { most: 0 }),
      counted('exit code', exitcode, '', { most: -1 }),
      sampled('from terminate() until the process is gone', [ms], 'ms'),
    ];
    return { figures, headline: `an endless loop ended in ${ms.toFixed(1)} ms`, judgement: judgeBounds({ figures }) };
  }),
});

function figuresOf(way: string, ends: readonly { how: string; ms: number }[]): Figure[] {
  const expected = way === 'SIGTERM' ? 'SIGTERM' : 'SIGKILL';
  const rightly = ends.filter(({ how }) => how === expected).length;
  return [
    counted(`${way}: endless loops ended by ${expected}`, rightly, 'processes', { least: ROUNDS }),
    sampled(`${way}: from the signal until the process is gone`, msOf(ends), 'ms', { most: MOST_MS }),
  ];
}

/** A process that handles SIGTERM and computes: asked, asked through an AbortSignal, and killed. */
async function askTheDeaf(): Promise<Figure[]> {
  const { child } = await start('deaf');
  const stop = new AbortController();
  const aborted = startLimited({ signal: stop.signal }, 'deaf');
  await new Promise((resolve) => aborted.once('message', resolve));

  const { child: polite } = await start('deaf', [], { signal: stop.signal }); // the default: asks by SIGTERM
  const told = new Promise<boolean>((resolve) => polite.once('error', () => resolve(polite.signalCode === null)));
  ask(child);
  stop.abort();
  const toldWhileAlive = await told;
  await sleep(PATIENCE_MS);
  const alive = [child, polite].filter((one) => one.exitCode === null && one.signalCode === null).length;
  const killed = [await askThenKill(child, PATIENCE_MS), await kill(polite), await ended(aborted)];
  return [
    counted('handles SIGTERM and computes: alive 50 ms after SIGTERM', alive, 'of 2', { least: 2 }),
    counted('handles SIGTERM and computes: AbortError told while alive', Number(toldWhileAlive), 'of 1', { least: 1 }),
    counted(
      'handles SIGTERM and computes: ended by SIGKILL',
      killed.filter((how) => how === 'SIGKILL').length,
      'of 3',
      {
        least: 3,
      },
    ),
  ];
}

async function timed(end: () => Promise<string>): Promise<{ how: string; ms: number }> {
  const begin = performance.now();
  const how = await end();
  return { how, ms: performance.now() - begin };
}

function msOf(ends: readonly { ms: number }[]): number[] {
  return ends.map(({ ms }) => ms);
}
