import { once } from 'node:events';
import { lstatSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { forkForTest } from '../../../lab/test/ends-with-test.ts';
import type { Pair } from '../../src/rename/plan/plan.ts';
import { applyRename } from '../../src/rename/run/apply-rename.ts';
import { recover, undo } from '../../src/rename/run/undo.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import type { KilledJob } from './killed-child.ts';
import { contentsOf, place, readTree } from './support.ts';
import type { Tree } from './support.ts';

const KILLS = 200;
const FILES = 12;

interface Batch {
  readonly tree: Tree;
  readonly pairs: readonly Pair[];
  /** Changes of names that the whole batch takes. */
  readonly changes: number;
}

const numbers = Array.from({ length: FILES }, (_, n) => n);
const files: Tree = Object.fromEntries(numbers.map((n) => [`f${n}`, `content ${n}`]));
const pair = (from: string, to: string): Pair => ({ from, to });

const BATCHES: Readonly<Record<string, Batch>> = {
  prefix: { tree: files, pairs: numbers.map((n) => pair(`f${n}`, `new-f${n}`)), changes: 2 * FILES },
  chain: { tree: files, pairs: numbers.map((n) => pair(`f${n}`, `f${n + 1}`)), changes: 2 * FILES },
  swaps: { tree: files, pairs: numbers.map((n) => pair(`f${n}`, `f${n ^ 1}`)), changes: 3 * FILES },
  cycle: { tree: files, pairs: numbers.map((n) => pair(`f${n}`, `f${(n + 1) % FILES}`)), changes: 2 * FILES + 2 },
  'swapped and shifted hard links of one file': {
    tree: { a: 'one', b: { hardlink: 'a' }, c: { hardlink: 'a' }, d: 'two', e: { hardlink: 'd' } },
    pairs: [pair('a', 'b'), pair('b', 'a'), pair('c', 'x'), pair('e', 'c'), pair('d', 'e')],
    changes: 12,
  },
  'folders, and moves into new ones': {
    tree: { 'a/1': 'one', 'b/2': 'two', 'b/c/3': 'three', 4: 'four' },
    pairs: [pair('a/1', 'a/one'), pair('b/c/3', 'b/c/three'), pair('b/c', 'b/C'), pair('a', 'b'), pair('b', 'a')],
    changes: 8,
  },
  'a move into a new folder': {
    tree: { a: '1', b: '2', 'c/d': '3' },
    pairs: [pair('a', 'new/deep/a'), pair('b', 'new/b'), pair('c/d', 'd')],
    changes: 8,
  },
};

/** The inodes by name: a swap that is half undone has all contents in a wrong place. */
function inodes(root: string): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.keys(readTree(root)).map((name) => [name, lstatSync(`${root}/${name}`).ino]));
}

/** Compiled code is kept from one child to the next. A killed child writes none of it, so one runs to its end first. */
const env = { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), `cookbook-killed-${process.pid}`) };
async function warmUp(): Promise<void> {
  const { root, stateFolder } = place({ a: '1' });
  await run({ root, stateFolder, pairs: [pair('a', 'b')], killAt: Number.MAX_SAFE_INTEGER });
}
afterAll(() => rmSync(env.NODE_COMPILE_CACHE, { recursive: true, force: true }));

async function run(job: KilledJob): Promise<string | null> {
  const child = forkForTest(new URL('./killed-child.ts', import.meta.url), [], { env });
  child.send(job);
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  return signal;
}

async function killAndRestore({ tree, pairs, changes }: Batch, share: number, byUndo: boolean): Promise<boolean> {
  const { root, stateFolder } = place(tree);
  const before = { tree: readTree(root), inodes: inodes(root) };
  const signal = await run({ root, stateFolder, pairs, killAt: Math.floor(share * changes) });

  // A hard link that was removed took no content with it.
  expect(new Set(contentsOf(readTree(root)))).toEqual(new Set(contentsOf(before.tree)));
  const restored = byUndo || signal === null ? undo(root, undefined, { stateFolder }) : recover(root, { stateFolder });
  expect(await restored).toMatchObject({ outcome: 'ok', problems: [] });
  expect({ tree: readTree(root), inodes: inodes(root) }).toEqual(before);

  const request = { root, wish: mapWish(pairs), move: true };
  expect((await applyRename(request, { stateFolder })).outcome).toBe('ok');
  expect((await undo(root, undefined, { stateFolder })).outcome).toBe('ok');
  expect({ tree: readTree(root), inodes: inodes(root) }).toEqual(before);
  return signal === 'SIGKILL';
}

test(
  `after each of ${KILLS} kills everything is put back exactly, and no temporary name is left`,
  { timeout: 180_000 },
  async () => {
    await warmUp();
    const batches = Object.entries(BATCHES);
    let next = 0;
    let killed = 0;
    const lane = async (): Promise<void> => {
      while (next < KILLS) {
        const kill = next++;
        const [name, batch] = batches[kill % batches.length]!;
        // Every point of every batch in turn: the rounds over a batch spread evenly over its changes.
        const share = ((Math.floor(kill / batches.length) + 0.5) * batches.length) / KILLS;
        try {
          if (await killAndRestore(batch, Math.min(share, 0.999), kill % 2 === 0)) killed++;
        } catch (error) {
          throw new Error(`${name}, killed after ${Math.round(100 * share)} % of its changes`, { cause: error });
        }
      }
    };
    for (const ended of await Promise.allSettled([lane(), lane()])) {
      if (ended.status === 'rejected') throw ended.reason;
    }
    expect(killed).toBe(KILLS);
  },
);
