// Journals that are not as they were written.

import { chmodSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { journalPath, storeFolder } from '../../src/rename/journal/store.ts';
import { applyRename } from '../../src/rename/run/apply-rename.ts';
import { history, recover, undo } from '../../src/rename/run/undo.ts';
import { mapWish } from '../../src/rename/wish/map.ts';
import { placeOn, temporary, tmpfs } from './disks/disk.ts';
import { killed, place, plant, readTree } from './support.ts';
import type { Place, Tree } from './support.ts';

const FILES = 5_000; // more than one part of a journal, each with its checksum
const numbers = Array.from({ length: FILES }, (_, n) => n);
const tree: Tree = Object.fromEntries(numbers.map((n) => [`f${n}`, '']));

/** A run that was killed when all names but the last were changed, and its journal. */
async function interrupted(files = FILES): Promise<Place & { journal: string }> {
  const few = Object.fromEntries(Object.entries(tree).slice(0, files));
  const here = placeOn(tmpfs.missing === undefined ? tmpfs : temporary, few);
  let links = 0;
  const fs = killed((call) => call === 'link' && ++links === files);
  const wish = mapWish(numbers.slice(0, files).map((n) => ({ from: `f${n}`, to: `x${n}` })));
  await expect(applyRename({ root: here.root, wish }, { ...here, fs })).rejects.toThrow('killed');
  const [{ id } = { id: '' }] = history(here.root, here.stateFolder);
  return { ...here, journal: journalPath(storeFolder(here.root, here.stateFolder), id) };
}

const changed = (here: Place): number => Object.keys(readTree(here.root)).filter((name) => name.startsWith('x')).length;
const next = (here: Place, last = FILES - 1): ReturnType<typeof applyRename> =>
  applyRename({ root: here.root, wish: mapWish([{ from: `f${last}`, to: 'y' }]) }, here);

describe('a journal of an interrupted run', () => {
  test('that is cut short is called damaged, and all that can be read of it is put back, as often as it is asked for', async () => {
    const here = await interrupted();
    const { length } = readFileSync(here.journal);
    truncateSync(here.journal, length - 40_000);
    expect(await next(here)).toMatchObject({ outcome: 'refused', problems: [{ kind: 'damaged' }] });
    for (let attempt = 0; attempt < 2; attempt++) {
      const result = await recover(here.root, here);
      expect(result).toMatchObject({ outcome: 'damaged', problems: [{ kind: 'damaged' }] });
      expect(result.problems[0]?.message).toContain(here.journal);
    }
    expect(changed(here)).toBeGreaterThan(0);
    expect(changed(here)).toBeLessThan(FILES - 4_096); // the part before the last is whole, and of that some can be read
    expect(existsSync(here.journal)).toBe(true);
    expect(await next(here)).toMatchObject({ outcome: 'refused' });
  });

  test('whose last byte is missing is put back whole', async () => {
    const here = await interrupted();
    truncateSync(here.journal, readFileSync(here.journal).length - 1);
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'damaged' });
    expect(readTree(here.root)).toEqual(tree);
  });

  test('that has a part overwritten loses this part alone, and no file gets a name out of it', async () => {
    const here = await interrupted();
    const bytes = readFileSync(here.journal);
    const start = bytes.indexOf('\0f5\0');
    bytes.write('e', start + 1);
    writeFileSync(here.journal, bytes);
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'damaged' });
    expect(changed(here)).toBe(4_096);
    expect(existsSync(`${here.root}/e5`)).toBe(false);
  });

  test.each([
    ['empty', ''],
    ['text of something else', 'no journal\n'.repeat(20)],
    ['a head without a header', `${'running'.padEnd(15)}\n${'0'.padEnd(15)}\n{"id":`],
    ['bytes', '\0\xff'.repeat(50)],
  ])('that is %s locks nothing out with a stack trace, and can be set aside', async (_, text) => {
    const here = await interrupted(3);
    writeFileSync(here.journal, text, 'latin1');
    expect(history(here.root, here.stateFolder)).toMatchObject([{ damaged: here.journal }]);
    expect(await next(here, 2)).toMatchObject({ outcome: 'refused', problems: [{ kind: 'damaged' }] });
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'damaged', renamed: 0 });
    expect(existsSync(here.journal)).toBe(true);
    expect(await recover(here.root, { ...here, keepGoing: true })).toMatchObject({ outcome: 'damaged' });
    expect(existsSync(`${here.journal}.damaged`)).toBe(true);
    expect(await next(here, 2)).toMatchObject({ outcome: 'ok', renamed: 1 });
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('that may not be read is damaged', async () => {
    const here = await interrupted(3);
    chmodSync(here.journal, 0);
    expect(await recover(here.root, here)).toMatchObject({ outcome: 'damaged', renamed: 0 });
  });
});

test('a damaged journal of a finished run hinders no other run; its undo is refused, or done in part on request', async () => {
  const here = place({ a: 'A', b: 'B' });
  await applyRename({ root: here.root, wish: mapWish([{ from: 'a', to: 'x' }]) }, here);
  const [{ id } = { id: '' }] = history(here.root, here.stateFolder);
  const journal = journalPath(storeFolder(here.root, here.stateFolder), id);
  truncateSync(journal, readFileSync(journal).length - 1);
  expect(await undo(here.root, id, here)).toMatchObject({ outcome: 'refused', problems: [{ kind: 'damaged' }] });
  expect((await applyRename({ root: here.root, wish: mapWish([{ from: 'b', to: 'y' }]) }, here)).outcome).toBe('ok');
  expect(await undo(here.root, id, { ...here, keepGoing: true })).toMatchObject({ renamed: 1 });
  expect(readTree(here.root)).toEqual({ a: 'A', y: 'B' });
});

test('the head of a journal is read whole, however long the path of its folder is', async () => {
  const here = place();
  const folder = [here.root, ...Array.from({ length: 15 }, () => '\u0001'.repeat(225))].join('/');
  const deep = folder.slice(here.root.length + 1);
  const files: Tree = { [`${deep}/a`]: 'A' };
  plant(here.root, files);
  expect((await applyRename({ root: folder, wish: mapWish([{ from: 'a', to: 'b' }]) }, here)).outcome).toBe('ok');
  expect(history(folder, here.stateFolder)).toMatchObject([{ state: 'done', operations: 1 }]);
  expect((await undo(folder, undefined, here)).outcome).toBe('ok');
  expect(readTree(here.root)).toEqual(files);
});
