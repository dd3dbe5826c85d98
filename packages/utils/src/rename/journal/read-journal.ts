// Reading journals, the damaged ones too: what can be read of them is enough to put files back.

import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import { codeOf } from '../disk/file-system.ts';
import type { FileSystem } from '../disk/file-system.ts';
import { fromJsonName, fromPath } from '../names/raw-path.ts';
import type { RawPath } from '../names/raw-path.ts';
import type { Step } from '../plan/plan.ts';
import { END, FIELD, writer } from './journal.ts';
import type { Contents, Header, JournalWriter, RunState } from './journal.ts';

export type Summary = Header & {
  readonly state: RunState;
  /** The file of a journal that is not as it was written. Where its state cannot be read either, the run counts as running. */
  readonly damaged?: string;
};

export interface Journal extends Contents, Summary {
  /** Steps before this one are done; those from `progress + interval` on are not begun. */
  readonly progress: number;
}

/** Opens a journal that is there, to write how its run ended. */
export function reopenJournal(fs: FileSystem, path: string): JournalWriter {
  const file = fs.open(fromPath(path), 'r+');
  return writer(fs, file, fstatSync(file).size);
}

/** Bytes that are read at once of what stands before the steps. */
const BLOCK = 4_096;

/** Reads what stands before the steps. */
export function readSummary(path: string): Summary {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { size } = fstatSync(file);
    let head = Buffer.alloc(0);
    while (head.length < size && head.indexOf('\n', 2 * FIELD) === -1) {
      const block = Buffer.alloc(BLOCK);
      head = Buffer.concat([head, block.subarray(0, readSync(file, block, 0, BLOCK, head.length))]);
    }
    const end = Buffer.alloc(END.length);
    readSync(file, end, 0, END.length, Math.max(0, size - END.length));
    const { summary, whole } = readHead(head, path);
    const damaged = !whole || (end.toString('latin1') !== END && readJournal(path).damaged !== undefined);
    return damaged ? { ...summary, damaged: path } : summary;
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return { ...unknownRun(path), damaged: path };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Reads a whole journal, or as much of it as can be read: steps between two checksums that are right, or after the last. */
export function readJournal(path: string): Journal {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return { ...unknownRun(path), damaged: path, progress: 0, steps: [], makes: [], removes: [] };
  }
  const { summary, whole, body } = readHead(bytes, path);
  const { steps, makes, removes, intact } = readRecords(bytes, body);
  const noted = Number(bytes.toString('latin1', FIELD, 2 * FIELD) || Number.NaN);
  const damaged = !whole || !intact || !Number.isInteger(noted);
  return {
    ...summary,
    ...(damaged && { damaged: path }),
    // Where steps are missing their numbers are no longer those of the progress.
    progress: damaged ? steps.length : noted,
    steps,
    makes,
    removes,
  };
}

/** `body`: where the records begin, which the checksum of the header does. */
function readHead(bytes: Buffer, path: string): { summary: Summary; whole: boolean; body: number } {
  const word = bytes.toString('latin1', 0, FIELD).trim();
  const state = (['running', 'done', 'rolled-back'] as const).find((one) => one === word);
  const body = bytes.indexOf('\n', 2 * FIELD) + 1 || bytes.length;
  const header = parseHeader(bytes.toString('utf8', 2 * FIELD, body));
  const summary: Summary = { ...unknownRun(path), ...header, ...(state && { state }) };
  return { summary, whole: state !== undefined && header !== undefined, body };
}

function parseHeader(json: string): Header | undefined {
  try {
    const header = JSON.parse(json) as Header;
    const root = typeof header.root === 'string' ? fromJsonName(header.root) : undefined;
    return root === undefined || typeof header.date !== 'string' ? undefined : { ...header, root };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A run of which nothing can be read: to be on the safe side, an interrupted one. */
function unknownRun(path: string): Summary {
  const id = basename(path).replace(/\.journal$/, '');
  return { id, root: '', date: '', operations: 0, interval: 256, state: 'running' };
}

interface Records {
  readonly steps: Step[];
  readonly makes: readonly RawPath[];
  readonly removes: readonly RawPath[];
  readonly intact: boolean;
}

function readRecords(bytes: Buffer, body: number): Records {
  const text = bytes.toString('latin1');
  const steps: Step[] = [];
  const folders: Readonly<Record<string, RawPath[]>> = { make: [], remove: [] };
  let [unsure, first] = [[] as (readonly [string, RawPath, RawPath])[], 2 * FIELD];
  const take = (): void => {
    for (const [tag, from, to] of unsure) {
      if (folders[tag] === undefined) steps.push(readStep(tag, from, to));
      else folders[tag].push(from);
    }
  };
  let [intact, ended] = [true, false];
  let at = body;
  while (at < text.length) {
    if (text.startsWith(END, at)) {
      ended = true;
      at += END.length;
      continue;
    }
    const record = readRecord(text, at);
    if (record === undefined) break;
    const [tag, one, two] = record.fields;
    if (tag === 'again') {
      const step = steps[Number(one)];
      if (step !== undefined && intact) steps[Number(one)] = { ...step, identity: two };
    } else if (tag === 'sum') {
      if (Number(one) === crc32(bytes.subarray(first, at))) take();
      else intact = false;
      [unsure, first] = [[], record.end];
    } else if (folders[tag] !== undefined || TAG.test(tag)) unsure.push([tag, one, two]);
    else intact = false;
    at = record.end;
  }
  if (unsure.length > 0) take(); // cut short: there is no sum for these
  // A new identity of which only the beginning stands was being written when the run was killed: that is no damage.
  const whole = ended && (at === text.length || AGAIN.test(text.slice(at)));
  return { steps, makes: folders['make']!, removes: folders['remove']!, intact: intact && whole };
}

/** The three fields at a place; undefined where they are cut short. */
function readRecord(text: string, at: number): { fields: [string, string, string]; end: number } | undefined {
  const first = text.indexOf('\0', at);
  const second = text.indexOf('\0', first + 1);
  const third = text.indexOf('\0', second + 1);
  if (first === -1 || second === -1 || third === -1) return undefined;
  return {
    fields: [text.slice(at, first), text.slice(first + 1, second), text.slice(second + 1, third)],
    end: third + 1,
  };
}

/** The beginning of a new identity, of any length. */
const AGAIN = /^a(?:g(?:a(?:i(?:n(?:\0\d*(?:\0[\d.]*)?)?)?)?)?)?$/;

const TAG = /^\d+ [df] (?:to|from)? \S+$/;

function readStep(tag: string, from: RawPath, to: RawPath): Step {
  const [unit, folder, temporary, identity] = tag.split(' ') as [string, string, '' | 'to' | 'from', string];
  return { from, to, folder: folder === 'd', identity, unit: Number(unit), ...(temporary !== '' && { temporary }) };
}
