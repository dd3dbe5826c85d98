// The primary as a process of its own, which does what messages ask for.

import { startCluster } from '../recipe.ts';

/** How workers are stopped: as the recipe does it, or by `worker.disconnect()` alone. */
export type Stop = 'drain' | 'disconnect';

export interface ToPrimary {
  readonly restart: Stop;
}

export type FromPrimary =
  | { readonly event: 'listening'; readonly port: number; readonly pids: number[] }
  | { readonly event: 'replaced'; readonly died: number; readonly replacement: number }
  | { readonly event: 'restarted'; readonly pids: number[] };

function report(message: FromPrimary): void {
  if (process.connected) process.send!(message);
}

process.on('disconnect', () => process.exit());

const server = await startCluster(new URL('./computing-worker.ts', import.meta.url), Number(process.argv[2]), {
  onReplaced: (died, replacement) =>
    report({ event: 'replaced', died: died.process.pid!, replacement: replacement.process.pid! }),
});
process.on('message', async ({ restart }: ToPrimary) => {
  await (restart === 'drain' ? server.restart() : server.restart((worker) => worker.disconnect()));
  report({ event: 'restarted', pids: server.pids() });
});
report({ event: 'listening', port: server.port, pids: server.pids() });
