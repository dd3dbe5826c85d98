// No recipe that uses the server leaves a process behind, at whatever moment its program ends, and however.

import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendants, goneAfter } from '@cookbook/lab/host';
import { describe, expect, test } from 'vitest';
import { start } from '../../lab/test/run-program.ts';

const program = new URL('./fixtures/one-claim.ts', import.meta.url);

const recipes = ['network', 'how-many-at-once', 'unbounded', 'sequential-await', 'rate-limit', 'load-shedding'];

describe.runIf(process.platform !== 'win32').concurrent('a recipe that ends in the middle', () => {
  test.for(
    recipes.flatMap(
      (recipe) =>
        [
          { recipe, signal: 'SIGKILL' },
          { recipe, signal: 'SIGINT' },
        ] as const,
    ),
  )('$recipe by $signal leaves no process', async ({ recipe, signal }, { onTestFinished: atEnd }) => {
    const { child, output } = start(program, [recipe], { atEnd });
    await output(/measuring/);
    let pids: number[] = [];
    while (pids.length === 0) {
      await sleep(50);
      pids = await descendants(child.pid!);
    }
    child.kill(signal);
    await once(child, 'exit');
    const left = await Promise.all(pids.map((pid) => goneAfter(pid, 20_000)));
    expect(pids.filter((_, index) => left[index] === undefined)).toEqual([]);
  });
});
