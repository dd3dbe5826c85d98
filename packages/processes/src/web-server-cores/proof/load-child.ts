// The load, in a process of its own: connections that each send a request as soon as the one before is answered, until
// the message 'stop'. A request that fails is counted, and not repeated.

import { createHistogram } from 'node:perf_hooks';
import { now } from '@cookbook/lab/task';
import type { Unit } from '@cookbook/lab/task';
import { Client } from 'undici';
import { ask, pidOf } from './request.ts';

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly unit: Unit;
}

export interface LoadResult {
  readonly answered: number;
  /** Of each request that failed: the worker that had answered its connection last, and why it failed. */
  readonly failed: readonly { readonly pid: number | undefined; readonly reason: string }[];
  /** Requests answered by each worker. */
  readonly byPid: Readonly<Record<number, number>>;
  /** ms */
  readonly wall: number;
  readonly median: number;
  readonly p99: number;
  /** CPU time that the workers spent on the work, ms. */
  readonly cpu: number;
}

/** Sent once every connection has had an answer: from here on it is known which worker each belongs to. */
export type FromLoad = 'warm' | LoadResult;

const { port, connections, unit } = JSON.parse(process.argv[2]!) as LoadOptions;
const latencies = createHistogram();
const failed: { pid: number | undefined; reason: string }[] = [];
const byPid: Record<number, number> = {};
const stop = new AbortController();
let [answered, cpu, warm] = [0, 0, 0];

async function keepAsking(): Promise<void> {
  const client = new Client(`http://127.0.0.1:${port}`, { pipelining: 1 });
  let pid: number | undefined;
  while (!stop.signal.aborted) {
    const start = now();
    try {
      const report = await ask(client, unit);
      latencies.record(Math.max(1, Math.round((now() - start) * 1_000)));
      if (pid === undefined && ++warm === connections) process.send!('warm' satisfies FromLoad);
      pid = pidOf(report);
      byPid[pid] = (byPid[pid] ?? 0) + 1;
      cpu += report.cpu;
      answered++;
    } catch (error) {
      const { message, code } = error as NodeJS.ErrnoException;
      failed.push({ pid, reason: code ?? message });
    }
  }
  await client.close();
}

process.on('message', () => stop.abort());
process.on('disconnect', () => process.exit());

const start = now();
await Promise.all(Array.from({ length: connections }, keepAsking));
const result: LoadResult = {
  answered,
  failed,
  byPid,
  wall: now() - start,
  median: latencies.percentile(50) / 1_000,
  p99: latencies.percentile(99) / 1_000,
  cpu,
};
process.send!(result, () => process.disconnect!());
