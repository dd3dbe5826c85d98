// A server of every kind, checked, against the state that it is known to be in.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import { checkServer, readTarget, STATES } from '../index.ts';
import { openEveryKind } from '../known-servers/every-kind.ts';

const KINDS = 29;
/** All but two: a server without a route, and one that drops connections, cannot be made on loopback. */
const STATES_ON_LOOPBACK = Object.keys(STATES).length - 2;

export async function compareKnownServers(signal: AbortSignal): Promise<Figure[]> {
  const every = await openEveryKind();
  const { hosts, ca, resolve } = every;
  try {
    const statuses = await Promise.all(
      hosts.map(({ host, timeout, expect }) => checkServer(readTarget(host), { timeout, signal, ca, expect, resolve })),
    );
    const right = statuses.filter(({ state }, index) => state === hosts[index]!.state).length;
    const states = new Set(statuses.map(({ state }) => state)).size;
    return [
      counted('kinds', 'kinds of server', hosts.length, 'kinds', exactly(KINDS)),
      counted('right', 'kinds of server with the right state', right, 'kinds', exactly(KINDS)),
      counted('states', 'different states among them, up included', states, 'states', { least: STATES_ON_LOOPBACK }),
    ];
  } finally {
    await every.close();
  }
}
