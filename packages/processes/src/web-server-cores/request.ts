// One request, one answer.

import type { LaneReport } from '@cookbook/lab/probe';
import type { Unit } from '@cookbook/lab/workload';
import type { Client } from 'undici';

/**
 * Has the server do a unit of work.
 *
 * @throws Error where the answer is another than 200, or none comes
 */
export async function ask(client: Client, unit: Unit): Promise<LaneReport> {
  const path = `/?unit=${encodeURIComponent(JSON.stringify(unit))}`;
  const { statusCode, body } = await client.request({ method: 'GET', path });
  if (statusCode !== 200) throw new Error(`Expected status 200, got ${statusCode}: ${await body.text()}`);
  return (await body.json()) as LaneReport;
}

/** The process that did a piece of work. */
export function pidOf({ lane }: LaneReport): number {
  return Number(lane.split(':')[0]);
}
