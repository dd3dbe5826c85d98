// A process that fetches, with async tasks or with threads, so that the memory for it is its own.

import { checkDocument } from '../../proof/server/index.ts';
import { openTasks, openThreads } from '../recipe.ts';
import type { Fetcher } from '../recipe.ts';

export type How = 'tasks' | 'threads';

export interface Order {
  readonly origin: string;
  readonly requests: number;
}

export interface Report {
  /** Documents that came; each of them was right. */
  readonly right: number;
  /** Wall time, and CPU time of the process, ms. */
  readonly wall: number;
  readonly cpu: number;
  /** Growth of the resident set since before the first order, MiB: code, connections, and threads where there are some. */
  readonly grown: number;
}

const [how, atOnce] = process.argv.slice(2) as [How, string];
const empty = resident();
let fetcher: Fetcher | undefined;

process.on('disconnect', () => process.exit());
process.on('message', async (order: Order) => {
  process.send!(await run(order).catch((error: Error) => ({ error: error.message })));
});

async function run({ origin, requests }: Order): Promise<Report> {
  fetcher ??= how === 'tasks' ? openTasks(Number(atOnce)) : await openThreads(Number(atOnce));
  const urls = Array.from({ length: requests }, (_, number) => `${origin}/document/${number}`);
  const cpuAtStart = process.cpuUsage();
  const start = performance.now();
  const bodies = await fetcher.fetchAll(urls);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpuAtStart);
  for (const [number, body] of bodies.entries()) checkDocument(number, body);
  return { right: bodies.length, wall, cpu: (user + system) / 1_000, grown: resident() - empty };
}

function resident(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 2 ** 20;
}
