import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { counted, defineClaim, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Evidence } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { applyRename, realFolder, sequenceWish, undo } from './index.ts';
import { renameByLoop, renameWithCheck } from './proof/rename-by-loop.ts';
import { nodeFileSystem } from './disk/file-system.ts';
import type { FileSystem } from './disk/file-system.ts';

const FILES = 60;
/** Names of the pattern that are in the folder before. */
const NUMBERED = 40;

const nameOf = (count: number): string => `photo-${count}.jpg`;

interface Lost {
  /** Contents that were in the folder, or came into it, and are not there any more. */
  readonly lost: number;
  /** Names of the pattern afterwards. */
  readonly named: number;
}

/** A folder of photos, some numbered by an earlier run; what `rename` does to it, by the hashes of the contents. */
async function tryOn(rename: (folder: string, state: string) => Promise<number> | number): Promise<Lost> {
  const temporary = mkdtempSync(join(realpathSync(os.tmpdir()), 'cookbook-rename-'));
  try {
    const folder = join(temporary, 'photos');
    mkdirSync(folder);
    for (let n = 1; n <= FILES; n++)
      writeFileSync(join(folder, n <= NUMBERED ? nameOf(n) : `new-${n}.jpg`), `photo ${n}`);
    const expected = new Set(hashes(folder)).size + (await rename(folder, join(temporary, 'state')));
    const named = readdirSync(folder).filter((name) => /^photo-\d+\.jpg$/.test(name)).length;
    return { lost: expected - new Set(hashes(folder)).size, named };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function hashes(folder: string): string[] {
  return readdirSync(folder).map((name) =>
    createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex'),
  );
}

/** Another program that creates the file `to` once, as soon as it is called for a name that is free. */
function newcomer(): { appear: (to: string) => void; count: () => number } {
  let appeared = 0;
  return {
    appear(to) {
      if (appeared > 0) return;
      writeFileSync(to, 'newcomer', { flag: 'wx' });
      appeared = 1;
    },
    count: () => appeared,
  };
}

async function byLoop(folder: string): Promise<number> {
  renameByLoop(folder, nameOf);
  return 0;
}

function withCheck(folder: string): number {
  const other = newcomer();
  renameWithCheck(folder, (count) => nameOf(NUMBERED + count), other.appear);
  return other.count();
}

async function ours(folder: string, stateFolder: string): Promise<number> {
  const request = { root: realFolder(folder), wish: sequenceWish('photo-{n}.jpg'), listed: true };
  const { outcome } = await applyRename(request, { stateFolder });
  if (outcome !== 'ok') throw new Error(`Expected the files to be renamed, got '${outcome}'`);
  return 0;
}

async function oursRaced(folder: string, stateFolder: string): Promise<number> {
  const other = newcomer();
  const fs: FileSystem = {
    ...nodeFileSystem,
    link(from, to) {
      if (nodeFileSystem.lstat(to) === undefined) other.appear(to);
      nodeFileSystem.link(from, to);
    },
  };
  const wish = sequenceWish('photo-{n}.jpg', { start: NUMBERED + FILES });
  await applyRename({ root: realFolder(folder), wish, listed: true }, { stateFolder, fs });
  return other.count();
}

async function oursAndBack(folder: string, stateFolder: string): Promise<number> {
  const before = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  await ours(folder, stateFolder);
  await undo(realFolder(folder), undefined, { stateFolder });
  const same = [...before].every(([name, content]) => readFileSync(join(folder, name), 'utf8') === content);
  if (!same) throw new Error('Expected undo to bring every name back');
  return 0;
}

export default defineClaim<Evidence>({
  id: 'utils/rename',
  says: 'A few lines rename every file of a folder to a pattern.',
  from: ['RC'],
  answer:
    'The few lines lose files where names of the pattern are there before; the renamer loses none, not to a race either.',

  async measure({ signal }: Context) {
    const loop = await tryOn(byLoop);
    signal.throwIfAborted();
    const check = await tryOn(withCheck);
    const renamer = await tryOn(ours);
    const raced = await tryOn(oursRaced);
    const back = await tryOn(oursAndBack);
    return {
      headline: `of ${FILES} files the loop lost ${loop.lost}, the renamer ${renamer.lost}`,
      figures: [
        counted('lost by the loop', loop.lost, 'files', { least: 1 }),
        counted('lost by a check before each rename, to one newcomer', check.lost, 'files', { least: 1 }),
        counted('lost by the renamer', renamer.lost, 'files', { most: 0 }),
        counted('named by the pattern by the renamer', renamer.named, 'files', { least: FILES }),
        counted('lost by the renamer, to one newcomer', raced.lost, 'files', { most: 0 }),
        counted('lost by the renamer and its undo', back.lost, 'files', { most: 0 }),
      ],
      notes: [`${FILES} files, ${NUMBERED} of them named by the pattern before; contents compared by their SHA-256.`],
    };
  },

  judge: judgeBounds,

  python: pythonHalf(new URL('./original.py', import.meta.url), [String(FILES)], (answer) => {
    const { lost, refused } = answer as { lost: number; refused: string | null };
    const ended = refused === null ? '' : `, stopped by ${refused}`;
    return {
      figures: [counted('lost by the loop', lost, 'files', { most: 0 })],
      headline: `of ${FILES} files the loop lost ${lost}${ended}`,
      judgement:
        lost === 0 && refused === null
          ? { verdict: 'holds' }
          : { verdict: 'refuted', counted: true, reason: `of ${FILES} files ${lost} are lost${ended}` },
    };
  }),
});
