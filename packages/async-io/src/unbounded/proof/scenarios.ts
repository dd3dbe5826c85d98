// The same requests by clients and servers that run out of different things.

import type { Context } from '@cookbook/lab/claim';
import { openServer } from '../../proof/server/index.ts';
import { OUTCOMES } from './job.ts';
import type { Outcome, Report } from './job.ts';
import { canLimitDescriptors, runClient } from './client.ts';

export const REQUESTS = 640;
/** Requests that the server works on at once, and ms that it takes for one. */
export const WIDTH = 32;
export const DELAY = 20;
/** An answer that takes ten times as long as the work is of no use, ms. */
export const DEADLINE = 10 * DELAY;
export const QUEUE = 32;
/** What the client may have open: some 20 of them are Node's own. */
export const DESCRIPTORS = 128;

export interface Scenario {
  readonly name: string;
  readonly queue: number;
  readonly descriptors: number | undefined;
  readonly width: number | undefined;
}

const FEW = canLimitDescriptors ? DESCRIPTORS : undefined;

export const SCENARIOS = {
  accepting: { name: 'at once, a server that accepts all', queue: Infinity, descriptors: undefined, width: undefined },
  refusing: { name: 'at once, a server that refuses', queue: QUEUE, descriptors: undefined, width: undefined },
  narrow: { name: 'at once, few descriptors too', queue: QUEUE, descriptors: FEW, width: undefined },
  limited: { name: `${WIDTH} in flight, all of that`, queue: QUEUE, descriptors: FEW, width: WIDTH },
} as const satisfies Record<string, Scenario>;

export type Reports = { readonly [Name in keyof typeof SCENARIOS]: Report };

/** Runs every scenario, one after another. */
export async function runScenarios({ signal, screen }: Pick<Context, 'signal' | 'screen'>): Promise<Reports> {
  await using server = await openServer({}, signal);
  const run = async ({ name, queue, descriptors, width }: Scenario): Promise<Report> => {
    screen.draw(`… unbounded: ${name}`);
    await server.reset({ delay: DELAY, width: WIDTH, queue });
    const job = { origin: server.origin, requests: REQUESTS, width, deadline: DEADLINE };
    return await runClient(job, signal, descriptors);
  };
  return {
    accepting: await run(SCENARIOS.accepting),
    refusing: await run(SCENARIOS.refusing),
    narrow: await run(SCENARIOS.narrow),
    limited: await run(SCENARIOS.limited),
  };
}

/** What broke, in the order in which it was first seen. */
export function breaksOf({ firstAt }: Pick<Report, 'firstAt'>): Outcome[] {
  return OUTCOMES.filter((outcome) => outcome !== 'good' && firstAt[outcome] !== undefined).toSorted(
    (a, b) => firstAt[a]! - firstAt[b]!,
  );
}
