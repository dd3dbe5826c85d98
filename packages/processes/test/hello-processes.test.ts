import { expect, test } from 'vitest';
import { mostAlive } from '../src/hello-processes/proof/alive.ts';
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

test('three processes are alive at the same time, though one after the other would send the same lines', async () => {
  expect(await mostAlive(() => helloProcesses(['A', 'B', 'C'], () => {}))).toBe(3);
  const inTurn = async (): Promise<void> => {
    for (const name of ['A', 'B']) await helloProcesses([name], () => {});
  };
  expect(await mostAlive(inTurn)).toBe(1);
});

/** So long that the pipe cannot take five lines at once; Linux takes at most 128 KiB an argument, Windows 32 KiB. */
const LONG = 'A'.repeat(process.platform === 'win32' ? 20_000 : 120_000);

test('lines that are larger than the pipe takes at once all arrive', async () => {
  for (let round = 0; round < 5; round++) {
    const lines = await helloProcesses([LONG], () => {});
    expect(lines.map(({ number }) => number)).toEqual([0, 1, 2, 3, 4]);
  }
});

test('a process that is killed rejects with its signal, once the others are gone too', async () => {
  const pids = new Set<number>();
  const killing = helloProcesses([LONG, 'B'], ({ name, pid, number }) => {
    pids.add(pid);
    if (name === LONG && number === 0) process.kill(pid, 'SIGKILL');
  });
  await expect(killing).rejects.toThrow('Expected the process to end with exit code 0, got SIGKILL');
  for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});
