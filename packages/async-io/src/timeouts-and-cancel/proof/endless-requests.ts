// Requests that would never end, and what ends them.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { within } from '@cookbook/lab/race';
import { openServer } from '../../proof/server/index.ts';
import { openClient } from '../recipe.ts';
import type { Limits } from '../recipe.ts';
import { openSilentServer } from './silent-server.ts';

/** Limits that no request of a measurement reaches. */
export const FAR: Limits = { connect: 10_000, headers: 10_000, body: 10_000, total: 60_000 };
const SHORT_MS = 150;
/** ms for what would never end to be ended: where nothing does, the measurement fails, and does not wait for ever. */
export const LONGEST_MS = 20_000;

type LimitName = keyof Limits;

const EXPECTED: Readonly<Record<LimitName, string>> = {
  connect: 'UND_ERR_CONNECT_TIMEOUT',
  headers: 'UND_ERR_HEADERS_TIMEOUT',
  body: 'UND_ERR_BODY_TIMEOUT',
  total: 'TimeoutError',
};

/** What ended a request that would never have ended, and after how many ms. */
export interface Ended {
  readonly limit: LimitName;
  readonly by: string;
  readonly after: number;
}

/** A request for each of the limits, all at the same time; the other three limits of each are far away. */
export async function runIntoLimits(signal: AbortSignal): Promise<Ended[]> {
  const silence = await openSilentServer();
  // A body whose pieces come with long pauses, and one that trickles without end.
  await using stalling = await openServer({ bodyBytes: 100, slowBody: { chunkBytes: 50, pause: 60_000 } }, signal);
  await using trickling = await openServer({ bodyBytes: 1e6, slowBody: { chunkBytes: 1, pause: 20 } }, signal);
  const urls: Record<LimitName, string> = {
    connect: `https://127.0.0.1:${silence.port}/`, // TLS needs an answer of the server, and is part of connecting
    headers: `http://127.0.0.1:${silence.port}/`,
    body: `${stalling.origin}/document/1`,
    total: `${trickling.origin}/document/1`,
  };
  try {
    return await Promise.all((Object.keys(urls) as LimitName[]).map((limit) => runInto(limit, urls[limit], signal)));
  } finally {
    await silence.close();
  }
}

async function runInto(limit: LimitName, url: string, signal: AbortSignal): Promise<Ended> {
  const client = openClient({ ...FAR, [limit]: SHORT_MS });
  const start = performance.now();
  try {
    const outcome = client.request(url, { signal }).then(({ status }) => String(status), nameOf);
    const by = await within(outcome, LONGEST_MS, `a request without end under the limit '${limit}'`);
    return { limit, by, after: performance.now() - start };
  } finally {
    await client.close();
  }
}

/** What ended a request whose body goes on for a megabyte, where a tenth of that is allowed. */
export async function runIntoBound(signal: AbortSignal): Promise<string> {
  await using server = await openServer({ bodyBytes: 1e6, slowBody: { chunkBytes: 1e4, pause: 1 } }, signal);
  const client = openClient({ ...FAR, mostBytes: 1e5 });
  try {
    const outcome = client
      .request(`${server.origin}/document/1`, { signal })
      .then(({ status }) => String(status), nameOf);
    return await within(outcome, LONGEST_MS, 'a request whose body is larger than allowed');
  } finally {
    await client.close();
  }
}

/** `bounded` */
export function boundFigure(by: string): Figure {
  const ended = Number(by === 'UND_ERR_RES_EXCEEDED_MAX_SIZE');
  return counted('bounded', 'requests whose body is larger than allowed, broken off', ended, 'requests', exactly(1));
}

function nameOf(error: NodeJS.ErrnoException): string {
  return typeof error.code === 'string' ? error.code : error.name; // the code of a DOMException is a number
}

/** `ended`, and `after-LIMIT` in ms for each of the limits. */
export function limitFigures(all: readonly Ended[]): Figure[] {
  const ended = all.filter(({ limit, by }) => by === EXPECTED[limit]).length;
  return [
    counted('ended', 'requests that never end, ended by their own limit', ended, 'requests', { least: all.length }),
    ...all.map(({ limit, after }) =>
      counted(`after-${limit}`, `ended by the limit '${limit}' of ${SHORT_MS} ms after`, after, 'ms'),
    ),
  ];
}

export function describeLimits(all: readonly Ended[]): string[] {
  return [
    ...all.map(({ limit, by }) => `The limit '${limit}' ended its request by ${by}.`),
    `undici counts the first three limits in steps of half a second: ${SHORT_MS} ms was asked for. 'total' is a timer of the recipe.`,
  ];
}
