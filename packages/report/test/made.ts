// Results made up for tests: no machine has measured them.

import type { Figure } from '@cookbook/lab/claim';
import type { Host } from '@cookbook/lab/host';
import { VERSION } from '../src/results/format.ts';
import type { JsonClaim } from '@cookbook/lab/show';
import type { Results } from '../src/results/format.ts';

export const madeHost: Host = {
  cpu: 'Made-up CPU',
  cores: 2,
  coresOfMachine: 2,
  parallelism: { measured: 1.9, tried: 2 },
  memoryGiB: 8,
  platform: 'Linux 6.0 x64',
  node: 'v26.10.0',
  load: 0.1,
  date: '2026-01-01T00:00:00Z',
};

/** A figure whose key is its name without what a key may not have. */
export function madeFigure(name: string, median: number, low = median, high = median, unit = 'x'): Figure {
  return { key: name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), name, median, low, high, unit };
}

export function madeClaim(id: string, change: Partial<JsonClaim> = {}): JsonClaim {
  return {
    id,
    question: 'Does it hold?',
    says: 'It never holds.',
    from: ['ours'],
    inNode: 'no',
    answer: 'It holds.',
    verdict: 'holds',
    figures: [madeFigure('speedup', 1.9, 1.8, 2)],
    seconds: 1.5,
    ...change,
  };
}

type Change = { [Key in keyof Results]?: Results[Key] | undefined };

/** A finished run of two chapters with a claim each; what is undefined in `change` is left out. */
export function made(change: Change = {}): Results {
  const results = {
    version: VERSION,
    started: '2026-01-01T00:00:00Z',
    finished: '2026-01-01T00:05:00Z',
    command: 'pnpm start',
    selection: { only: [], quick: false, timeBudget: 15 },
    host: madeHost,
    python: ['CPython 3.13.0'],
    chapters: [
      { name: 'threads', title: 'Threads', sections: [{ title: 'All', claims: ['threads/kill'] }] },
      { name: 'processes', title: 'Processes', sections: [{ title: 'All', claims: ['processes/kill'] }] },
    ],
    recipes: {
      'threads/kill': { folder: 'packages/threads/src/kill', command: 'pnpm tsx packages/threads/src/main.ts kill' },
      'processes/kill': {
        folder: 'packages/processes/src/kill',
        command: 'pnpm tsx packages/processes/src/main.ts kill',
      },
    },
    leftOut: [],
    claims: [madeClaim('threads/kill'), madeClaim('processes/kill')],
    ...change,
  };
  return Object.fromEntries(Object.entries(results).filter(([, value]) => value !== undefined)) as unknown as Results;
}
