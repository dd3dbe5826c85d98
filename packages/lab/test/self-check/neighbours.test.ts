import { expect, test } from 'vitest';
import { descendants, goneAfter } from '../../src/host/alive.ts';
import { KINDS, startNeighbours } from '../../src/self-check/neighbours.ts';
import { start } from '../run-program.ts';

/** ms; a process is started in 0.1 s, or in 10 beside busy ones. */
const LIMIT = 30_000;

test(
  'neighbours of every kind are there until they are stopped, and leave nothing behind',
  async ({ skip }) => {
    if (process.platform === 'win32') skip('there is no ps on Windows');
    const { pids, stop } = await startNeighbours(KINDS.length, 'mixed');
    const all = [...pids, ...(await descendants(process.pid)).filter((pid) => !pids.includes(pid))];
    expect(pids).toHaveLength(KINDS.length);
    await stop();
    for (const pid of all) expect(await goneAfter(pid, LIMIT), `process ${pid}`).toBeDefined();
  },
  2 * LIMIT,
);

test(
  'neighbours end with their parent, killed without notice',
  async () => {
    const parent = start(new URL('../fixtures/neighbours-parent.ts', import.meta.url), []);
    const pids = JSON.parse((await parent.output(/\]/)).trim()) as number[];
    parent.child.kill('SIGKILL');
    for (const pid of pids) expect(await goneAfter(pid, LIMIT), `process ${pid}`).toBeDefined();
  },
  2 * LIMIT,
);
