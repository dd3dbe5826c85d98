// No recipe leaves a process behind, at whatever moment its program ends, and however.

import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendants, goneAfter, isAlive } from '@cookbook/lab/host';
import { describe, expect, test } from 'vitest';
import { start } from '../../lab/test/run-program.ts';

const fixture = (name: string): URL => new URL(`./fixtures/${name}.ts`, import.meta.url);

describe.runIf(process.platform !== 'win32').concurrent('a recipe that ends in the middle', () => {
  const recipes = [
    'same-interface',
    'isolation',
    'kill',
    'end-with-parent',
    'no-locks',
    'file-lock',
    'pool',
    'pool-errors',
    'pool-abort',
    'footprint',
    'three-costs',
    'ipc-cost',
    'image-tiles',
    'data-analysis',
    'random-streams',
    'web-server-cores',
    'drain',
  ];

  test.for(
    recipes.flatMap((recipe) => [
      { recipe, signal: 'SIGKILL', moment: 1_200 } as const,
      { recipe, signal: 'SIGINT', moment: 600 } as const,
    ]),
  )(
    '$recipe by $signal leaves no process, and by SIGINT no file',
    async ({ recipe, signal, moment }, { onTestFinished: atEnd }) => {
      const folder = mkdtempSync(path.join(tmpdir(), 'endings-'));
      const { child, output } = start(fixture('one-claim'), [recipe], {
        env: { ...process.env, TMPDIR: folder },
        atEnd,
      });
      const exited = once(child, 'exit'); // a quick one may have ended by then
      await output(/measuring/);
      await sleep(moment);
      const pids = await descendants(child.pid!);
      child.kill(signal);
      await exited;
      const left = await Promise.all(pids.map((pid) => goneAfter(pid, 20_000)));
      expect(pids.filter((_, index) => left[index] === undefined)).toEqual([]);
      if (signal === 'SIGINT') expect(readdirSync(folder)).toEqual([]);
      rmSync(folder, { recursive: true });
    },
  );
});

test.runIf(process.platform !== 'win32').each(['pool', 'same-interface'])(
  'an endless task in a process of %s ends with a parent that is killed',
  async (way) => {
    const parent = start(fixture('endless-parent'), [way]);
    const pid = Number(/computing (\d+)/.exec(await parent.output(/computing \d+/))![1]);
    expect(isAlive(pid)).toBe(true);
    parent.child.kill('SIGKILL');
    expect(await goneAfter(pid, 20_000)).toBeDefined();
  },
);
