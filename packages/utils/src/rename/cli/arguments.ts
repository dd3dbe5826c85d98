// The command line, read and checked. Every mistake is one line with the expected value.

import { readFileSync } from 'node:fs';
import { parse, readNumber, UsageError } from '@cookbook/lab/command';
import { Command } from 'commander';
import type { Selection } from '../disk/listing.ts';
import { editWish, openEditor } from '../wish/edit.ts';
import { mapWish, readJsonPairs, readNulPairs } from '../wish/map.ts';
import { patternWish } from '../wish/pattern.ts';
import { ORDERS, sequenceWish } from '../wish/sequence.ts';
import type { Wish } from '../wish/wish.ts';

export interface Arguments {
  readonly dir: string;
  readonly task:
    | { readonly name: 'rename'; readonly wish: Wish; readonly listed: boolean }
    | { readonly name: 'undo'; readonly id?: string }
    | { readonly name: 'recover' }
    | { readonly name: 'history' };
  readonly apply: boolean;
  readonly move: boolean;
  readonly keepGoing: boolean;
  readonly edited: boolean;
  readonly json: boolean;
  readonly stateFolder?: string;
}

interface Options extends Selection {
  readonly find?: string;
  readonly replace?: string;
  readonly sequence?: string;
  readonly start?: string;
  readonly pad?: string;
  readonly order?: string;
  readonly map?: string;
  readonly map0?: string;
  readonly edit?: true;
  readonly undo?: true | string;
  readonly recover?: true;
  readonly history?: true;
  readonly apply?: true;
  readonly move?: true;
  readonly keepGoing?: true;
  readonly edited?: true;
  readonly json?: true;
  readonly stateDir?: string;
}

const TASKS = ['find', 'sequence', 'map', 'map0', 'edit', 'undo', 'recover', 'history'] as const;
type Task = (typeof TASKS)[number];
type WishTask = Exclude<Task, 'undo' | 'recover' | 'history'>;

/** Options that mean something with one task only. */
const BELONGS: Readonly<Record<string, Task>> = {
  replace: 'find',
  start: 'sequence',
  pad: 'sequence',
  order: 'sequence',
};

const EXIT_STATUS = `
Exit status: 0 done, or shown and possible; 1 refused, nothing is changed; 2 wrong usage;
3 failed half-way and put back; 4 done in part, with the errors; 130 interrupted, everything is put back.
With a journal that is damaged, --recover puts back what can be read of it, and ends with 1.`;

function describe(): Command {
  return new Command('pnpm tsx packages/utils/src/rename/main.ts')
    .description('Renames many files at once: shows it first, never overwrites, and can undo it.')
    .argument('[dir]', 'the folder', '.')
    .option('--find <regex>', 'rename names that match; with --replace')
    .option('--replace <template>', 'every match becomes this: $1 and $<name> a group, $& the match')
    .option('--sequence <template>', 'number the files: {n} the counter, {name} {ext} {date} of the file')
    .option('--start <n>', 'the first number (default: 1)')
    .option('--pad <n>', 'digits of a number, at least (default: 1)')
    .option('--order <order>', `${ORDERS.join(', ')} (default: natural)`)
    .option('--map <file>', 'rename by JSON: { "old": "new" } or [["old", "new"]]; - reads the input')
    .option('--map0 <file>', 'rename by pairs of raw names, each ended by NUL; - reads the input')
    .option('--edit', 'rename by hand, in $VISUAL or $EDITOR')
    .option('--undo [id]', 'take back the last run in the folder, or the one that is named')
    .option('--recover', 'put back an interrupted run')
    .option('--history', 'list the runs in the folder')
    .option('--apply', 'rename; without it the new names are shown, and on a terminal a question is asked')
    .option('--dirs', 'folders too')
    .option('--hidden', 'names that begin with a dot too')
    .option('--recursive', 'entries of folders too')
    .option('--move', 'new names may lead into other folders, which are made')
    .option('--keep-going', 'leave out what is refused, and carry on after a failure; without it all or nothing')
    .option('--edited', 'with --undo or --recover: files that were edited or replaced since too, as they are')
    .option('--json', 'print one JSON object and nothing else')
    .option('--state-dir <dir>', 'the folder of the journals')
    .addHelpText('after', EXIT_STATUS);
}

/**
 * Reads the arguments.
 *
 * @returns the arguments, or the text of the help where it was asked for
 * @throws UsageError with one line; Refusal where a map is refused as a whole
 */
export function readArguments(argv: readonly string[]): Arguments | string {
  const command = describe();
  const help = parse(command, argv);
  if (help !== undefined) return help;
  const [dir = '.'] = command.args;
  const options = command.opts<Options>();
  return {
    dir,
    task: readTask(options),
    apply: options.apply ?? false,
    move: options.move ?? false,
    keepGoing: options.keepGoing ?? false,
    edited: options.edited ?? false,
    json: options.json ?? false,
    ...(options.stateDir !== undefined && { stateFolder: options.stateDir }),
  };
}

function readTask(options: Options): Arguments['task'] {
  const given = TASKS.filter((name) => options[name] !== undefined);
  const [task, second] = given;
  if (task === undefined || second !== undefined) {
    const got = task === undefined ? 'none' : given.map((name) => `--${name}`).join(' and ');
    throw new UsageError(`Expected one of ${TASKS.map((name) => `--${name}`).join(', ')}, got ${got}`);
  }
  for (const [option, owner] of Object.entries(BELONGS)) {
    if (options[option as keyof Options] !== undefined && task !== owner) {
      throw new UsageError(`Expected --${option} with --${owner}, got --${task}`);
    }
  }
  if (options.edited && task !== 'undo' && task !== 'recover') {
    throw new UsageError(`Expected --edited with --undo or --recover, got --${task}`);
  }
  if (task === 'undo') return typeof options.undo === 'string' ? { name: 'undo', id: options.undo } : { name: 'undo' };
  if (task === 'recover' || task === 'history') return { name: task };
  try {
    return { name: 'rename', wish: WISHES[task](options), listed: !task.startsWith('map') };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

const WISHES: Readonly<Record<WishTask, (options: Options) => Wish>> = {
  find(options) {
    if (options.replace === undefined) throw new UsageError('Expected --replace with --find, got none');
    return patternWish(options.find!, options.replace, options);
  },
  sequence: (options) => sequenceWish(options.sequence!, readSequence(options), options),
  map: (options) => mapWish(readJsonPairs(readInput('--map', options.map!).toString('utf8'))),
  map0: (options) => mapWish(readNulPairs(readInput('--map0', options.map0!))),
  edit(options) {
    if (!process.stdin.isTTY) throw new UsageError('Expected a terminal for --edit, got none');
    return editWish(openEditor, options);
  },
};

function readSequence({ start = '1', pad = '1', order = 'natural' }: Options): Parameters<typeof sequenceWish>[1] {
  const known = ORDERS.find((name) => name === order);
  if (known === undefined) throw new UsageError(`Expected --order to be one of ${ORDERS.join(', ')}, got '${order}'`);
  return {
    start: readNumber('--start', start, { least: 0, most: Number.MAX_SAFE_INTEGER, whole: true }),
    pad: readNumber('--pad', pad, { least: 1, most: 99, whole: true }),
    order: known,
  };
}

function readInput(option: string, file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new UsageError(`Expected ${option} to name a readable file, got '${file}': ${(error as Error).message}`);
  }
}
