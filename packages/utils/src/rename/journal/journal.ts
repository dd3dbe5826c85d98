// The steps of a run, on disk before the first is begun, so that a killed run can be put back and a finished one undone.
//
// A file: the state in 16 bytes, the progress in 16, both overwritten in place; a header in JSON on one line; then
// records of three fields, each field ended by NUL, which no name holds: steps, folders, and after every few thousand a
// checksum; then the mark of the end. Identities that files got by the run itself follow it, each with a mark of its own.
// Names are raw bytes. The file is written under another name, so under its own it is whole or was damaged.

import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { codeOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { fromPath, toJsonName } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Step } from '../plan/plan.ts';
import { Refusal } from '../plan/problems.ts';

export type RunState = 'running' | 'done' | 'rolled-back';

export interface Header {
  readonly id: string;
  readonly root: RawPath;
  /** ISO 8601. */
  readonly date: string;
  readonly operations: number;
  /** The progress is written before each so many steps. */
  readonly interval: number;
  /** The file system may take a renamed file for another one: every step takes its file's identity anew. */
  readonly unsteady?: boolean;
  /** The run that this one undoes. */
  readonly undoes?: string;
  /** It undoes a part of that: some files were left out. */
  readonly partly?: boolean;
}

export interface Contents extends Header {
  /** A step is replaced by one with another identity where the file system gives its file one. */
  readonly steps: Step[];
  /** Folders that the run makes before, and removes after. */
  readonly makes: readonly RawPath[];
  readonly removes: readonly RawPath[];
}

export interface JournalWriter {
  progress(step: number): void;
  state(state: RunState): void;
  /** The file of a step has another identity from now on. */
  identity(step: number, identity: string): void;
  close(): void;
}

/** Bytes of the state, and of the progress. */
export const FIELD = 16;
export const END = 'END\0';
const CHUNK = 4_096;

/** The ending of a journal that is being written. */
export const UNFINISHED = '.new';

/**
 * Writes a journal and has the disk keep it, in place of one that is there.
 *
 * @throws Refusal of the kind `journal`, and leaves no file but the one that was there, where that cannot be done
 */
export function createJournal(
  fs: FileSystem,
  path: string,
  contents: Contents,
  { state = 'running', progress = 0 }: { readonly state?: RunState; readonly progress?: number } = {},
): JournalWriter {
  const raw = fromPath(path);
  let file: number | undefined;
  try {
    file = fs.open(`${raw}${UNFINISHED}`, 'w');
    const length = writeContents(fs, file, contents, state, progress);
    fs.sync(file);
    fs.close(file);
    file = undefined;
    fs.rename(`${raw}${UNFINISHED}`, raw);
    syncFolder(fs, dirname(path));
    file = fs.open(raw, 'r+');
    return writer(fs, file, length);
  } catch (error) {
    if (file !== undefined) closeQuietly(fs, file);
    removeQuietly(fs, `${raw}${UNFINISHED}`);
    throw new Refusal('journal', `cannot write the journal, so nothing was renamed: ${(error as Error).message}`);
  }
}

/** Returns the bytes written. */
function writeContents(
  fs: FileSystem,
  file: number,
  { steps, makes, removes, ...header }: Contents,
  state: RunState,
  progress: number,
): number {
  let length = 0;
  const write = (bytes: Buffer): void => {
    fs.write(file, bytes, null);
    length += bytes.length;
  };
  const fields = Buffer.from(`${field(state)}${field(String(progress))}`);
  const head = Buffer.from(`${JSON.stringify({ ...header, root: toJsonName(header.root) })}\n`);
  write(Buffer.concat([fields, head, sumOf(head)]));
  for (let first = 0; first < steps.length; first += CHUNK) {
    let text = '';
    for (const step of steps.slice(first, first + CHUNK)) text += `${tagOf(step)}\0${step.from}\0${step.to}\0`;
    const bytes = Buffer.from(text, 'latin1');
    write(Buffer.concat([bytes, sumOf(bytes)]));
  }
  const folders = [
    ...makes.map((folder) => `make\0${folder}\0\0`),
    ...removes.map((folder) => `remove\0${folder}\0\0`),
  ];
  const bytes = Buffer.from(folders.join(''), 'latin1');
  write(Buffer.concat([bytes, sumOf(bytes), Buffer.from(END)]));
  return length;
}

/** The record that closes the bytes since the sum before. */
function sumOf(bytes: Buffer): Buffer {
  return Buffer.from(`sum\0${crc32(bytes)}\0\0`);
}

function tagOf({ unit, folder, temporary, identity }: Step): string {
  return `${unit} ${folder ? 'd' : 'f'} ${temporary ?? ''} ${identity}`;
}

function field(text: string): string {
  return `${text.padEnd(FIELD - 1)}\n`;
}

/** On Windows a folder cannot be opened, and need not be. */
export function syncFolder(fs: FileSystem, path: string): void {
  if (process.platform === 'win32') return;
  const folder = fs.open(fromPath(path), 'r');
  try {
    fs.sync(folder);
  } finally {
    fs.close(folder);
  }
}

/** All that matters is synced, or written down as not done. */
function closeQuietly(fs: FileSystem, file: number): void {
  try {
    fs.close(file);
  } catch (error) {
    if (codeOf(error) === '') throw error;
  }
}

/** What is left of an attempt that failed: the next one is not hindered by it. */
export function removeQuietly(fs: FileSystem, path: RawPath): void {
  try {
    fs.unlink(path);
  } catch (error) {
    if (codeOf(error) === '') throw error;
  }
}

/** @param length bytes of the file, at whose end identities are added */
export function writer(fs: FileSystem, file: number, length: number): JournalWriter {
  let end = length;
  return {
    progress: (step) => fs.write(file, Buffer.from(field(String(step))), FIELD),
    state: (state) => fs.write(file, Buffer.from(field(state)), 0),
    identity(step, identity) {
      const record = Buffer.from(`again\0${step}\0${identity}\0${END}`);
      try {
        fs.write(file, record, end);
      } catch (error) {
        if (codeOf(error) !== '') fs.truncate(file, end); // half a record would be damage
        throw error;
      }
      end += record.length;
    },
    close: () => closeQuietly(fs, file),
  };
}
