import { expect, test } from 'vitest';
import { helloProcesses } from '../src/hello-processes/recipe.ts';
import type { Line } from '../src/hello-processes/recipe.ts';

test('two processes print 0 to 4 each, in their own order, from two pids that are not ours', async () => {
  const printed: Line[] = [];
  const lines = await helloProcesses(['A', 'B'], (line) => printed.push(line));
  expect(printed).toEqual(lines);
  for (const name of ['A', 'B']) {
    expect(lines.filter((line) => line.name === name).map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
  }
  const pids = new Set(lines.map(({ pid }) => pid));
  expect(pids.size).toBe(2);
  expect(pids).not.toContain(process.pid);
});

test('the processes are gone when the promise resolves', async () => {
  const pids = new Set((await helloProcesses(['A', 'B'], () => {})).map(({ pid }) => pid));
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
