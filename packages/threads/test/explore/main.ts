// Explores the locks: as a command, or as the thread of a test.
//
//     pnpm exec node packages/threads/test/explore/main.ts             every lock, in some seconds
//     pnpm exec node packages/threads/test/explore/main.ts deep        with more rounds and kills, in some minutes
//     pnpm exec node packages/threads/test/explore/main.ts deep mutex  one lock

import { parentPort } from 'node:worker_threads';
import { explore } from './explore.ts';
import type { Exploration } from './explore.ts';
import type { Depth, Scenario } from './scenario.ts';
import type { Fault } from './stepping/load.ts';
import { mutexScenarios } from './scenarios/mutex.ts';
import { readWriteScenarios } from './scenarios/read-write-lock.ts';
import { reentrantScenarios } from './scenarios/reentrant-mutex.ts';
import { semaphoreScenarios } from './scenarios/semaphore.ts';
import { ticketScenarios } from './scenarios/starvation.ts';

const LOCKS = {
  mutex: mutexScenarios,
  'reentrant-mutex': reentrantScenarios,
  semaphore: semaphoreScenarios,
  'read-write-lock': readWriteScenarios,
  starvation: ticketScenarios,
} satisfies Record<string, (depth: Depth, fault?: Fault) => Promise<Scenario[]>>;

/** What the thread is asked for: the scenarios of a lock whose name begins with `scenario`. */
export interface Order {
  readonly lock: keyof typeof LOCKS;
  readonly depth: Depth;
  readonly scenario?: string;
  readonly fault?: Fault;
  readonly exact?: boolean;
}

const WALKS = 200;
const MOST_STATES = { short: 400_000, deep: 5_000_000 };

async function* explorations(order: Order): AsyncGenerator<Exploration> {
  const { lock, depth, scenario = '', fault, exact = false } = order;
  for (const each of await LOCKS[lock](depth, fault)) {
    if (each.name.startsWith(scenario)) yield explore(each, { states: MOST_STATES[depth], walks: WALKS, exact });
  }
}

/** The outcome in one line, and how it came to what is wrong. */
function shown({ scenario, states, interleavings, depth, cut, failure }: Exploration): string {
  const counts = `${states.toLocaleString('en')} states, ${interleavings.toPrecision(3)} interleavings, up to ${depth} steps`;
  const line = `${scenario}: ${counts}${cut > 0 ? `, ${cut} states not followed` : ''}`;
  return failure === undefined
    ? line
    : [line, `  ${failure.wrong}`, ...failure.steps.map((step) => `    ${step}`)].join('\n');
}

async function command(depth: string = 'short', ...locks: readonly string[]): Promise<number> {
  const names = Object.keys(LOCKS) as Order['lock'][];
  if (depth !== 'short' && depth !== 'deep') throw new Error(`Expected \`short\` or \`deep\`, got ${depth}`);
  const unknown = locks.find((lock) => !(lock in LOCKS));
  if (unknown !== undefined) throw new Error(`Expected one of ${names.join(', ')}, got ${unknown}`);
  let isSound = true;
  for (const lock of names) {
    if (locks.length > 0 && !locks.includes(lock)) continue;
    for await (const exploration of explorations({ lock, depth })) {
      console.log(`${lock}: ${shown(exploration)}`);
      isSound &&= exploration.failure === undefined && exploration.cut === 0;
    }
  }
  return isSound ? 0 : 1;
}

if (parentPort === null) {
  process.exitCode = await command(...process.argv.slice(2)).catch((error: unknown) => {
    console.error((error as Error).message);
    return 2;
  });
} else {
  const port = parentPort;
  port.on('message', async (order: Order) => {
    try {
      port.postMessage({ found: await Array.fromAsync(explorations(order)) });
    } catch (error) {
      port.postMessage({ error });
    }
  });
}
