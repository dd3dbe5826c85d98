// The server in a process of its own. It ends when the channel to its parent closes.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Unit } from '@cookbook/lab/task';
import { computingInline, computingInPool, createWebServer, waiting } from '../recipe.ts';
import type { Heavy, Way } from '../recipe.ts';

export interface ServerOptions {
  readonly way: Way;
  readonly unit: Unit;
  /** What the unit takes, ms: for the handler that only waits. */
  readonly ms: number;
  readonly threads: number;
}

const { way, unit, ms, threads } = JSON.parse(process.argv[2]!) as ServerOptions;
const heavy: Record<Way, () => Heavy> = {
  waiting: () => waiting(ms),
  'computing in a pool': () => computingInPool(unit, threads),
  'computing inline': () => computingInline(unit),
};
process.on('disconnect', () => process.exit());

const server = createWebServer(heavy[way]()).listen(0, '127.0.0.1');
await once(server, 'listening');
process.send!((server.address() as AddressInfo).port);
