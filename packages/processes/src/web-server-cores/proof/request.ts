// One request, one answer.

import type { LaneReport, Unit } from '@cookbook/lab/task';
import type { Client } from 'undici';

/**
 * How long an answer may take, ms, which undici counts in steps of half a second. A connection that the primary was
 * handing to a worker when that was killed is neither answered nor closed: only a limit of the client ends it.
 */
const LIMIT_MS = 3_000;

/** The code of the error where no answer came in that time. */
export const TIMED_OUT = 'UND_ERR_HEADERS_TIMEOUT';

/**
 * Has the server do a unit of work.
 *
 * @throws Error where the answer is another than 200, or none comes in 3 s
 */
export async function ask(client: Client, unit: Unit): Promise<LaneReport> {
  const path = `/?unit=${encodeURIComponent(JSON.stringify(unit))}`;
  const { statusCode, body } = await client.request({ method: 'GET', path, headersTimeout: LIMIT_MS });
  if (statusCode !== 200) throw new Error(`Expected status 200, got ${statusCode}: ${await body.text()}`);
  return (await body.json()) as LaneReport;
}

/** The process that did a piece of work. */
export function pidOf({ lane }: LaneReport): number {
  return Number(lane.split(':')[0]);
}
