// FooBar, run for run.

import type { Context } from '@cookbook/lab/claim';
import { comparePairs, ratioFigure } from '@cookbook/lab/speedup';
import { cpuOf, openTogether } from '../../proof/run-together.ts';
import { Semaphore } from '../recipe.ts';
import { FOO_BAR_WORDS } from './foo-bar-task.ts';
import type { FooBarWay, Page } from './foo-bar-task.ts';

const PAIRS = [5, 5] as const;

/** What was printed: 'FooBarFooBar...', and the CPU time of both threads for each turn, in microseconds. */
export interface Printed {
  readonly text: string;
  readonly microsecondsPerTurn: number;
}

/** Starts the two threads of FooBar. */
export function openFooBar() {
  const together = openTogether<FooBarWay, Page>(new URL('./foo-bar-task.ts', import.meta.url), 2, FOO_BAR_WORDS);
  return {
    async run(way: FooBarWay, times: number): Promise<Printed> {
      const page = new Uint8Array(new SharedArrayBuffer(2 * times));
      const turns = [Semaphore.create(1).memory, Semaphore.create(0).memory] as const;
      const run = await together.run(way, times, { turns, page });
      return {
        text: Array.from(page, (thread) => ['Foo', 'Bar'][thread]).join(''),
        microsecondsPerTurn: (cpuOf(run) * 1e3) / page.length,
      };
    },
    close: () => together.close(),
  };
}

/** How many pairs of words, in the order of the page, are anything but Foo, then Bar. */
export function pairsOutOfTurn(text: string): number {
  return (text.match(/.{1,6}/g) ?? []).filter((pair) => pair !== 'FooBar').length;
}

/** What `times` FooBars in every run came to: pairs printed, those out of turn, and CPU time by semaphores / by one word. */
export async function printRounds(times: number, context: Context) {
  const fooBar = openFooBar();
  const pairs: Record<FooBarWay, number> = { alone: 0, semaphores: 0, 'one word': 0 };
  const outOfTurn = { ...pairs };
  const print = async (way: FooBarWay): Promise<number> => {
    const { text, microsecondsPerTurn } = await fooBar.run(way, times);
    pairs[way] += times;
    outOfTurn[way] += pairsOutOfTurn(text);
    return microsecondsPerTurn;
  };
  try {
    await print('alone');
    const cost = await comparePairs(
      () => print('semaphores'),
      () => print('one word'),
      { context, pairs: PAIRS },
    );
    return { pairs, outOfTurn, cost: ratioFigure('cost', 'CPU time of a turn by semaphores / by one word', cost) };
  } finally {
    await fooBar.close();
  }
}
