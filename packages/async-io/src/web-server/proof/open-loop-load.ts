// An open-loop load: requests are sent at times that were fixed beforehand, whether those before are answered or not, and
// each latency counts from the time at which its request was to be sent. A client that waits for an answer before it
// sends the next request sends none while the server stands still, and so hardly sees it: Gil Tene ("How NOT to Measure
// Latency") calls that coordinated omission. One such client runs beside, for comparison.

import { setTimeout as sleep } from 'node:timers/promises';
import { now } from '@cookbook/lab/task';
import { Pool } from 'undici';

export interface Traffic {
  readonly origin: string;
  /** When to send, in ms from the start. */
  readonly lightAt: readonly number[];
  readonly heavyAt: readonly number[];
}

interface LightAnswer {
  /** When it was to be sent, ms from the start. */
  readonly at: number;
  /** From then to the answer, ms. */
  readonly latency: number;
  /** From then until it was sent, ms: what the load itself adds where it does not get a core in time. */
  readonly late: number;
}

export interface Load {
  readonly light: readonly LightAnswer[];
  /** ms that each heavy handler took, by the server's clock. */
  readonly handlers: readonly number[];
  /** What the client that waits for each answer sees, ms. */
  readonly closedLoop: readonly number[];
  /** Requests without their answer. */
  readonly failed: number;
}

/** The pause of the client that waits, ms. */
const PAUSE_MS = 4;

/** Sends the requests, and resolves when every one is answered or has failed. */
export async function sendLoad({ origin, lightAt, heavyAt }: Traffic): Promise<Load> {
  const pool = new Pool(origin, { pipelining: 1 }); // as many connections as there are requests under way
  const light: LightAnswer[] = [];
  const handlers: number[] = [];
  let failed = 0;
  const start = now();
  try {
    const sendLight = async (at: number): Promise<void> => {
      const late = now() - start - at;
      if ((await ask(pool, '/light')) === 'light') light.push({ at, latency: now() - start - at, late });
      else failed++;
    };
    const sendHeavy = async (): Promise<void> => {
      const ms = Number(await ask(pool, '/heavy'));
      if (ms > 0) handlers.push(ms);
      else failed++;
    };
    const end = Math.max(...lightAt, ...heavyAt);
    const [closedLoop] = await Promise.all([
      askInTurn(pool, start + end),
      onSchedule(start, lightAt, sendLight),
      onSchedule(start, heavyAt, sendHeavy),
    ]);
    return { light: light.toSorted((a, b) => a.at - b.at), handlers, closedLoop, failed };
  } finally {
    await pool.close();
  }
}

/** Calls `send` at each of the times, without waiting for the calls before; resolves when the last one is done. */
async function onSchedule(start: number, times: readonly number[], send: (at: number) => Promise<void>): Promise<void> {
  const sent: Promise<void>[] = [];
  for (const at of times) {
    const wait = Math.ceil(start + at - now()); // a timer drops the fraction, and would send too early
    if (wait > 0) await sleep(wait);
    sent.push(send(at));
  }
  await Promise.all(sent);
}

async function askInTurn(pool: Pool, end: number): Promise<number[]> {
  const latencies: number[] = [];
  while (now() < end) {
    const start = now();
    await ask(pool, '/light');
    latencies.push(now() - start);
    await sleep(PAUSE_MS);
  }
  return latencies;
}

/** The body of the answer, undefined where there is none. */
async function ask(pool: Pool, path: string): Promise<string | undefined> {
  try {
    const { statusCode, body } = await pool.request({ path, method: 'GET' });
    const text = await body.text();
    return statusCode === 200 ? text : undefined;
  } catch {
    return undefined;
  }
}
