// No recipe that uses the server leaves a process behind, at whatever moment its program ends, and however.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { goneAfter } from '@cookbook/lab/alive';
import { describe, expect, test } from 'vitest';

const program = fileURLToPath(new URL('./fixtures/one-claim.ts', import.meta.url));

/** Every process below this one, as `ps` sees it now. */
async function descendants(root: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number) as [number, number]);
  const below = (pid: number): number[] =>
    rows.filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...below(child)]);
  return below(root);
}

const recipes = ['network', 'how-many-at-once', 'unbounded', 'sequential-await'];

describe.runIf(process.platform !== 'win32').concurrent('a recipe that ends in the middle', () => {
  test.each(
    recipes.flatMap(
      (recipe) =>
        [
          { recipe, signal: 'SIGKILL' },
          { recipe, signal: 'SIGINT' },
        ] as const,
    ),
  )('$recipe by $signal leaves no process', async ({ recipe, signal }) => {
    const child = spawn(process.execPath, [program, recipe], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    let pids: number[] = [];
    while (pids.length === 0) {
      await sleep(50);
      pids = await descendants(child.pid!);
    }
    child.kill(signal);
    await once(child, 'exit');
    const left = await Promise.all(pids.map((pid) => goneAfter(pid, 5_000)));
    expect(pids.filter((_, index) => left[index] === undefined)).toEqual([]);
  });
});
