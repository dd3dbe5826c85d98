// Loads that are sent on schedule, whether or not what was sent before is answered, as clients do that know nothing of one
// another; and a closed loop, which shows what a server can do.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';

/** What became of a load. */
export interface Served {
  /** Answered within the deadline, from the time at which it was to be sent. */
  readonly inTime: number;
  readonly refused: number;
  readonly sent: number;
  /** By how much the load itself was sent too late, ms: the most. */
  readonly late: number;
  readonly goodput: number;
}

/** Requests that are answered in a second, by so many clients that wait for their answers. */
export async function capacityOf(client: Dispatcher, clients: number, ms: number): Promise<number> {
  const start = performance.now();
  let answered = 0;
  const ask = async (): Promise<void> => {
    while (performance.now() - start < ms) {
      if ((await statusOf(client, '/')) === 200) answered++;
    }
  };
  await Promise.all(Array.from({ length: clients }, ask));
  return (1_000 * answered) / (performance.now() - start);
}

/**
 * Sends requests at even distances for so many ms, and waits until the last one is past its deadline, answered or not.
 *
 * @param rate requests a second
 */
export async function sendLoad(client: Dispatcher, rate: number, ms: number, deadline: number): Promise<Served> {
  const start = performance.now();
  const sent = Math.round((rate * ms) / 1_000);
  let [inTime, refused, late] = [0, 0, 0];
  const send = async (due: number): Promise<void> => {
    late = Math.max(late, performance.now() - due);
    const status = await statusOf(client, '/');
    if (status === 503) refused++;
    else if (status === 200 && performance.now() - due <= deadline) inTime++;
  };
  for (let n = 0; n < sent; n++) {
    const due = start + (n * 1_000) / rate;
    const wait = Math.ceil(due - performance.now()); // a timer drops the fraction
    if (wait > 0) await sleep(wait);
    void send(due);
  }
  await sleep(Math.max(0, Math.ceil(start + ms + deadline - performance.now())));
  return { inTime, refused, sent, late, goodput: (1_000 * inTime) / ms };
}

/** The status of the answer; undefined where there is none. */
export async function statusOf(client: Dispatcher, path: string): Promise<number | undefined> {
  try {
    const { statusCode, body } = await client.request({ method: 'GET', path });
    await body.dump();
    return statusCode;
  } catch {
    return undefined; // its server was ended meanwhile
  }
}
