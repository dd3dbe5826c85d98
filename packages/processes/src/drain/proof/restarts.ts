// A cluster whose workers are all replaced under load: once they drain, once they are disconnected.

import { counted, counts } from '@cookbook/lab/claim';
import type { Context, Finding } from '@cookbook/lab/claim';
import { restartAll } from '../../web-server-cores/proof/restarts-and-kills.ts';
import { trafficOfThisHost, watch } from '../../web-server-cores/proof/server-figures.ts';
import type { Seen } from '../../web-server-cores/proof/server-figures.ts';

export interface Restarts {
  readonly workers: number;
  readonly drained: Seen;
  readonly disconnected: Seen;
}

export async function runRestarts(context: Context): Promise<Restarts> {
  const traffic = trafficOfThisHost();
  const { workers } = traffic;
  return {
    workers,
    disconnected: await watch(`${workers}, disconnected`, context, () => restartAll(traffic, 'disconnect')),
    drained: await watch(`${workers}, drained`, context, () => restartAll(traffic, 'drain')),
  };
}

export function drainedLosesNone(words: string, { workers, drained: { load, replacements, left } }: Restarts): Finding {
  return counts(
    words,
    counted('answered', 'a restart by draining: requests answered', load.answered, 'requests'),
    counted('lost', 'a restart by draining: requests lost', load.failed.length, 'requests', { most: 0 }),
    counted('new-workers', 'a restart by draining: new workers', replacements, 'workers', { least: workers }),
    counted('old-workers', 'a restart by draining: old workers that are still there', left, 'workers', { most: 0 }),
  );
}

/** A run in which no request happened to be on its way shows nothing: it is not decided then, and tried again. */
export function disconnectedLosesSome(words: string, { disconnected: { load } }: Restarts): Finding {
  const lost = counted('lost-without', 'a restart by disconnect(): requests lost', load.failed.length, 'requests', {
    least: 1,
  });
  const seen = load.failed.length > 0;
  return {
    figures: [lost],
    judgement: seen
      ? { verdict: 'holds' }
      : { verdict: 'inconclusive', reason: 'a restart by disconnect() lost no request in this run' },
    words,
  };
}
