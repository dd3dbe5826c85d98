// Every way in which a small run can be stopped, one after the other: by the end of its process before each system call,
// and in the middle of each write; by an error of each; and once more while it is put back. A model of a few lines says
// which names there are then, and which in the end.

import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { nodeFileSystem } from '../../../src/rename/disk/file-system.ts';
import { storeFolder } from '../../../src/rename/journal/store.ts';
import type { Pair } from '../../../src/rename/plan/plan.ts';
import { applyRename } from '../../../src/rename/run/apply-rename.ts';
import { recover, undo } from '../../../src/rename/run/undo.ts';
import { mapWish } from '../../../src/rename/wish/map.ts';
import { readTree } from '../support.ts';
import type { Place, Tree } from '../support.ts';
import { DISKS } from './disk.ts';
import type { Disk } from './disk.ts';
import { stepping } from './stepping.ts';
import type { Fault, Stepping } from './stepping.ts';

/** A kill loses nothing that was written, synced or not. */
const fs = { ...nodeFileSystem, sync() {} };

interface Batch {
  readonly tree: Tree;
  readonly pairs: readonly Pair[];
  readonly after: Tree;
  readonly refuse?: 'link';
  /** A folder is renamed. */
  readonly folder?: boolean;
}

const pair = (from: string, to: string): Pair => ({ from, to });

const BATCHES: Readonly<Record<string, Batch>> = {
  'two names': { tree: { a: 'A', b: 'B' }, pairs: [pair('a', 'x'), pair('b', 'y')], after: { x: 'A', y: 'B' } },
  'a chain': { tree: { a: 'A', b: 'B' }, pairs: [pair('a', 'b'), pair('b', 'c')], after: { b: 'A', c: 'B' } },
  'a swap': { tree: { a: 'A', b: 'B' }, pairs: [pair('a', 'b'), pair('b', 'a')], after: { a: 'B', b: 'A' } },
  'a swap where links are refused': {
    tree: { a: 'A', b: 'B' },
    pairs: [pair('a', 'b'), pair('b', 'a')],
    after: { a: 'B', b: 'A' },
    refuse: 'link',
  },
  'names of one file': {
    tree: { a: 'A', b: { hardlink: 'a' }, c: 'C' },
    pairs: [pair('a', 'b'), pair('b', 'x'), pair('c', 'a')],
    after: { a: 'C', b: 'A', x: 'A' },
  },
  'a move into a new folder': {
    tree: { a: 'A', l: { symlink: 'a' }, 'd/b': 'B' },
    pairs: [pair('a', 'n/a'), pair('l', 'n/l'), pair('d/b', 'b')],
    after: { 'n/a': 'A', 'n/l': { symlink: 'a' }, b: 'B', d: { dir: true } },
  },
  'a folder and what is in it': {
    tree: { 'd/a': 'A', 'd/b': 'B' },
    pairs: [pair('d/a', 'd/x'), pair('d', 'e')],
    after: { 'e/x': 'A', 'e/b': 'B' },
    folder: true,
  },
};

/** The names that the calls of a run have made of a tree, and whether the run has ended. */
function model(root: string, names: readonly string[], log: Stepping['log']): { names: string[]; state: string } {
  const there = new Set(names);
  let state = 'none';
  for (const [call, first, second] of log) {
    const [from, to] = [first, second].map((path) => String(path).slice(root.length + 1));
    if (call === 'write' && state !== 'none') state = stateWritten(second) ?? state;
    if (call === 'rename' && String(second).endsWith('.journal')) state = 'running';
    if (!String(first).startsWith(`${root}/`)) continue;
    if (call === 'link') there.add(to!);
    if (call === 'unlink') there.delete(from!);
    if (call !== 'rename') continue;
    for (const name of [...there].filter((one) => `${one}/`.startsWith(`${from!}/`))) {
      there.delete(name);
      there.add(to! + name.slice(from!.length));
    }
  }
  return { names: [...there].toSorted(), state };
}

function stateWritten(bytes: unknown): string | undefined {
  const text = Buffer.from(bytes as Uint8Array)
    .toString('latin1')
    .trim();
  return ['done', 'rolled-back'].find((state) => text === state);
}

const namesOf = (tree: Tree): string[] =>
  Object.entries(tree)
    .filter(([, node]) => typeof node === 'string' || !('dir' in node))
    .map(([name]) => name)
    .toSorted();

/** Places with the tree, some made at a time: an overlay is mounted for many. */
class Supply {
  readonly disk: Disk;
  readonly #tree: Tree;
  #places: Place[] = [];

  constructor(disk: Disk, tree: Tree) {
    this.disk = disk;
    this.#tree = tree;
  }

  take(): Place {
    if (this.#places.length === 0) {
      this.#places = this.disk.places(Array.from({ length: this.disk.reusable ? 1 : 200 }, () => this.#tree));
    }
    return this.#places.pop()!;
  }

  /** Takes back a place whose tree is as it was. Its journals go: old ones would make for other calls of the next run. */
  giveBack(place: Place): void {
    if (!this.disk.reusable) return;
    for (const folder of [storeFolder(place.root, place.stateFolder), join(place.stateFolder, 'unfinished')]) {
      const names = existsSync(folder) ? readdirSync(folder) : [];
      for (const name of names.filter((one) => one !== 'lock.db')) rmSync(join(folder, name));
    }
    this.#places.push(place);
  }
}

interface Counts {
  kills: number;
  killsOfRecovery: number;
  errors: number;
  readonly states: Set<string>;
}

/** A run with a fault at one call; false where it has fewer calls. */
async function attempt(
  here: Place,
  { pairs, refuse }: Batch,
  fault: Fault,
  at: number,
): Promise<Attempted | undefined> {
  const step = stepping(fault, at, fault === 'errors' ? 'ENOSPC' : 'EIO', refuse);
  const request = { root: here.root, wish: mapWish(pairs), move: true };
  const outcome = await applyRename(request, { ...here, fs: step.fs }).then(
    (result) => result.outcome,
    (error: Error) => {
      if (error.message !== 'killed') throw error;
      return 'killed' as const;
    },
  );
  if (step.met()) return { outcome, log: step.log };
  expect(step.calls()).toBe(at); // every run makes the same calls, so none was skipped
  return undefined;
}

interface Attempted {
  readonly outcome: string;
  readonly log: Stepping['log'];
}

async function walkKills(supply: Supply, batch: Batch, before: Tree, torn: boolean, counts: Counts): Promise<void> {
  for (let at = 0; ; at++) {
    const here = supply.take();
    const killed = await attempt(here, batch, torn ? 'torn' : 'kill', at);
    if (killed === undefined) return;
    counts.kills++;
    const expected = model(here.root, namesOf(before), killed.log);
    expect(namesOf(readTree(here.root))).toEqual(expected.names);
    counts.states.add(JSON.stringify(expected));
    const after = expected.state === 'done' ? batch.after : before;
    expect(await recover(here.root, { ...here, fs })).toMatchObject({ outcome: 'ok', problems: [] });
    expect(readTree(here.root)).toEqual(after);
    expect(await recover(here.root, { ...here, fs })).toMatchObject({ outcome: 'ok', renamed: 0 });
    if (expected.state === 'done') continue;
    if (at % 4 > 0) {
      supply.giveBack(here);
      continue;
    }
    // The folder is free for the same again.
    const again = await applyRename({ root: here.root, wish: mapWish(batch.pairs), move: true }, { ...here, fs });
    expect(again.outcome).toBe(batch.folder && supply.disk.foldersStay ? 'rolled-back' : 'ok');
  }
}

/** Killed at each call, and at each call of the recovery too. */
async function walkKillsOfRecovery(supply: Supply, batch: Batch, before: Tree, counts: Counts): Promise<void> {
  for (let at = 0; ; at++) {
    for (let second = 0; ; second++) {
      const here = supply.take();
      const killed = await attempt(here, batch, 'kill', at);
      if (killed === undefined) return;
      const { state } = model(here.root, namesOf(before), killed.log);
      const step = stepping('kill', second);
      await recover(here.root, { ...here, fs: step.fs }).catch(() => {});
      expect(await recover(here.root, { ...here, fs })).toMatchObject({ outcome: 'ok', problems: [] });
      expect(readTree(here.root)).toEqual(state === 'done' ? batch.after : before);
      if (state !== 'done') supply.giveBack(here);
      if (!step.met()) break;
      counts.killsOfRecovery++;
    }
  }
}

async function walkErrors(supply: Supply, batch: Batch, before: Tree, fault: Fault, counts: Counts): Promise<void> {
  for (let at = 0; ; at++) {
    const here = supply.take();
    const failed = await attempt(here, batch, fault, at);
    if (failed === undefined) return;
    counts.errors++;
    const { outcome } = await recover(here.root, { ...here, fs });
    expect(outcome).toBe('ok');
    if (failed.outcome === 'partial') await undo(here.root, undefined, { ...here, fs });
    const after = readTree(here.root);
    // A run that was done and could not write so is put back too: it has warned of that.
    const done = failed.outcome === 'ok' && isDeepStrictEqual(after, batch.after);
    expect(after).toEqual(done ? batch.after : before);
    if (!done) supply.giveBack(here);
  }
}

describe.each(DISKS)('on $name', (disk) => {
  test.skipIf(disk.missing !== undefined)(
    `${disk.missing ?? ''}a run that is stopped at any system call is put back whole, or was done whole`,
    { timeout: 600_000 },
    async () => {
      const total = { kills: 0, killsOfRecovery: 0, errors: 0, states: 0 };
      for (const [name, batch] of Object.entries(BATCHES)) {
        const supply = new Supply(disk, batch.tree);
        const first = supply.take();
        const before = readTree(first.root);
        supply.giveBack(first);
        const counts: Counts = { kills: 0, killsOfRecovery: 0, errors: 0, states: new Set() };
        try {
          await walkKills(supply, batch, before, false, counts);
          await walkKills(supply, batch, before, true, counts);
          await walkKillsOfRecovery(supply, batch, before, counts);
          await walkErrors(supply, batch, before, 'error', counts);
          await walkErrors(supply, batch, before, 'errors', counts);
        } catch (error) {
          throw new Error(`${name}, after ${JSON.stringify({ ...counts, states: counts.states.size })}`, {
            cause: error,
          });
        }
        total.kills += counts.kills;
        total.killsOfRecovery += counts.killsOfRecovery;
        total.errors += counts.errors;
        total.states += counts.states.size;
      }
      console.info(`${disk.name}: ${JSON.stringify(total)}`);
      expect(Math.min(...Object.values(total))).toBeGreaterThan(50);
    },
  );
});
