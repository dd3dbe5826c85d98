// The primary as a process of its own, told what to do by message.

import { startCluster } from './recipe.ts';
import type { Way } from './recipe.ts';

export interface ToPrimary {
  readonly restart: Way;
}

export type FromPrimary =
  | { readonly event: 'listening'; readonly port: number; readonly pids: number[] }
  | { readonly event: 'replaced'; readonly died: number; readonly replacement: number }
  | { readonly event: 'restarted'; readonly pids: number[] };

function tell(message: FromPrimary): void {
  if (process.connected) process.send!(message);
}

process.on('disconnect', () => process.exit());

const server = await startCluster(new URL('./worker.ts', import.meta.url), Number(process.argv[2]), {
  onReplaced: (died, replacement) =>
    tell({ event: 'replaced', died: died.process.pid!, replacement: replacement.process.pid! }),
});
process.on('message', async ({ restart }: ToPrimary) => {
  await server.restart(restart);
  tell({ event: 'restarted', pids: server.pids() });
});
tell({ event: 'listening', port: server.port, pids: server.pids() });
