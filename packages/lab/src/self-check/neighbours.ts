// Busy neighbours: processes that each take all of a core that they can get, for as long as this process lives.

import { fork } from 'node:child_process';
import { once } from 'node:events';

/** Starts so many busy processes; they are running when this resolves. Ends them with `stop`. */
export async function startNeighbours(count: number): Promise<{ stop(): Promise<void> }> {
  const url = new URL('./neighbour-child.ts', import.meta.url);
  const children = Array.from({ length: count }, () => fork(url, { execArgv: [] }));
  await Promise.all(children.map((child) => once(child, 'message')));
  return {
    async stop() {
      await Promise.all(
        children.map(async (child) => {
          const gone = once(child, 'exit');
          child.kill('SIGKILL');
          await gone;
        }),
      );
    },
  };
}
