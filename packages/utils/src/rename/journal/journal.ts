// The steps of a run, on disk before the first is begun, so that a killed run can be put back and a finished one undone.
//
// A file: the state in 16 bytes, the progress in 16, both overwritten in place; a header in JSON on one line; then
// records of three fields, each field ended by NUL, which no name holds; then the mark of the end. Names are raw bytes.

import { closeSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileSystem } from '../disk/file-system.ts';
import { fromJsonName, toJsonName } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Step } from '../plan/plan.ts';
import { Refusal } from '../plan/problems.ts';

type RunState = 'running' | 'done' | 'rolled-back';

interface Header {
  readonly id: string;
  readonly root: RawPath;
  /** ISO 8601. */
  readonly date: string;
  readonly operations: number;
  /** The progress is written before each so many steps. */
  readonly interval: number;
  /** The run that this one undoes. */
  readonly undoes?: string;
}

export interface Contents extends Header {
  readonly steps: readonly Step[];
  /** Folders that the run makes before, and removes after. */
  readonly makes: readonly RawPath[];
  readonly removes: readonly RawPath[];
}

export interface Journal extends Contents, Summary {
  /** Steps before this one are done; those from `progress + interval` on are not begun. */
  readonly progress: number;
}

export interface JournalWriter {
  progress(step: number): void;
  state(state: RunState): void;
  close(): void;
}

const FIELD = 16;
const END = 'END\0';
const CHUNK = 4_096;

/**
 * Writes a journal and has the disk keep it.
 *
 * @throws Refusal of the kind `journal`, and leaves no file, where that cannot be done
 */
export function createJournal(fs: FileSystem, path: string, contents: Contents): JournalWriter {
  const { steps, makes, removes, ...header } = contents;
  let file: number | undefined;
  try {
    file = openSync(path, 'wx', 0o600);
    const head = `${field('running')}${field('0')}${JSON.stringify({ ...header, root: toJsonName(header.root) })}\n`;
    fs.write(file, Buffer.from(head), null);
    for (let first = 0; first < steps.length; first += CHUNK) {
      let text = '';
      for (const step of steps.slice(first, first + CHUNK)) text += `${tagOf(step)}\0${step.from}\0${step.to}\0`;
      fs.write(file, Buffer.from(text, 'latin1'), null);
    }
    const folders = [
      ...makes.map((folder) => `make\0${folder}\0\0`),
      ...removes.map((folder) => `remove\0${folder}\0\0`),
    ];
    fs.write(file, Buffer.from(folders.join('') + END, 'latin1'), null);
    fs.sync(file);
    syncFolder(dirname(path));
    return writer(fs, file);
  } catch (error) {
    if (file !== undefined) {
      closeSync(file);
      unlinkSync(path);
    }
    throw new Refusal('journal', `cannot write the journal, so nothing was renamed: ${(error as Error).message}`);
  }
}

function tagOf({ unit, folder, temporary, identity }: Step): string {
  return `${unit} ${folder ? 'd' : 'f'} ${temporary ?? ''} ${identity}`;
}

function field(text: string): string {
  return `${text.padEnd(FIELD - 1)}\n`;
}

/** On Windows a folder cannot be opened, and need not be. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function writer(fs: FileSystem, file: number): JournalWriter {
  return {
    progress: (step) => fs.write(file, Buffer.from(field(String(step))), FIELD),
    state: (state) => fs.write(file, Buffer.from(field(state)), 0),
    close: () => closeSync(file),
  };
}

/** Opens a journal that is there, to write how its run ended. */
export function reopenJournal(fs: FileSystem, path: string): JournalWriter {
  return writer(fs, openSync(path, 'r+'));
}

export type Summary = Header & { readonly state: RunState };

/** More than the header can be: it holds one path, of 4,096 bytes at most, and escapes double it. */
const HEAD = 16_384;

/** Reads what stands before the steps; undefined where the file has no end: its run was stopped before the first rename. */
export function readSummary(path: string): Summary | undefined {
  const file = openSync(path, 'r');
  try {
    const end = Buffer.alloc(END.length);
    readSync(file, end, 0, END.length, Math.max(0, fstatSync(file).size - END.length));
    if (end.toString('latin1') !== END) return undefined;
    const head = Buffer.alloc(HEAD);
    return parseHead(head.toString('latin1', 0, readSync(file, head, 0, HEAD, 0)));
  } finally {
    closeSync(file);
  }
}

/** Reads a whole journal; undefined where it has no end. */
export function readJournal(path: string): Journal | undefined {
  const text = readFileSync(path, 'latin1');
  if (!text.endsWith(END)) return undefined;
  const fields = text.slice(text.indexOf('\n', 2 * FIELD) + 1, -END.length).split('\0');
  const steps: Step[] = [];
  const folders: Readonly<Record<string, RawPath[]>> = { make: [], remove: [] };
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [tag, from, to] = fields.slice(at, at + 3) as [string, RawPath, RawPath];
    if (folders[tag] === undefined) steps.push(readStep(tag, from, to));
    else folders[tag].push(from);
  }
  const progress = Number(text.slice(FIELD, 2 * FIELD));
  return { ...parseHead(text), progress, steps, makes: folders['make']!, removes: folders['remove']! };
}

function parseHead(text: string): Summary {
  const json = Buffer.from(text.slice(2 * FIELD, text.indexOf('\n', 2 * FIELD)), 'latin1').toString('utf8');
  const header = JSON.parse(json) as Header;
  return { ...header, root: fromJsonName(header.root)!, state: text.slice(0, FIELD).trim() as RunState };
}

function readStep(tag: string, from: RawPath, to: RawPath): Step {
  const [unit, folder, temporary, identity] = tag.split(' ') as [string, string, '' | 'to' | 'from', string];
  return { from, to, folder: folder === 'd', identity, unit: Number(unit), ...(temporary !== '' && { temporary }) };
}
