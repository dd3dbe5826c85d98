// The command line, read and checked. Every mistake is one line with the expected value.

import { parse, UsageError } from '@cookbook/lab/command';
import { Command } from 'commander';
import type { RawPath } from '../names/raw-path.ts';
import type { Editor } from '../wish/edit.ts';
import { MAP_FORMATS } from './map-file.ts';
import { CASES } from '../wish/spelling.ts';
import { ORDERS } from '../wish/sequence.ts';
import type { Wish } from '../wish/wish.ts';
import { HELP } from './help.ts';
import { isFolder, readPlaces } from './places.ts';
import { readWish, RULES } from './read-wish.ts';

export interface Arguments {
  /** The folder that is worked on. */
  readonly root: RawPath;
  readonly task:
    | { readonly name: 'rename'; readonly wish: Wish; readonly listed: boolean; readonly editor?: Editor }
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

export interface Options {
  readonly find?: readonly string[];
  readonly replace?: readonly string[];
  readonly case?: string;
  readonly nfc?: true;
  readonly keepExtension?: true;
  readonly sequence?: string;
  readonly start?: string;
  readonly pad?: string;
  readonly order?: string;
  readonly perFolder?: true;
  readonly map?: string;
  readonly mapFormat?: string;
  readonly map0?: string;
  readonly edit?: true;
  readonly undo?: true | string;
  readonly recover?: true;
  readonly history?: true;
  readonly apply?: true;
  readonly only?: readonly string[];
  readonly dirs?: boolean;
  readonly hidden?: boolean;
  readonly recursive?: boolean;
  readonly move?: true;
  readonly keepGoing?: true;
  readonly edited?: true;
  readonly json?: true;
  readonly stateDir?: string;
}

/** Each of them is a task of its own; the rules are one together. */
const LONE = ['map', 'map0', 'edit', 'undo', 'recover', 'history'] as const;

/** Options that mean something with another one only. */
const BELONGS: readonly (readonly [option: keyof Options, owner: keyof Options])[] = [
  ['replace', 'find'],
  ['start', 'sequence'],
  ['pad', 'sequence'],
  ['order', 'sequence'],
  ['perFolder', 'sequence'],
  ['mapFormat', 'map'],
];

function describe(): Command {
  return new Command('pnpm tsx packages/utils/src/rename/main.ts')
    .description('Renames many files at once: shows it first, never overwrites, and can undo it.')
    .argument('[path...]', 'the folder, or files and folders of which the entries are meant (default: .)')
    .option('--find <regex>', 'change names that match; with --replace; may be given again', collect)
    .option('--replace <template>', 'every match becomes this: $1 and $<name> a group, $& the match', collect)
    .option('--case <case>', `change the case: ${CASES.join(', ')}`)
    .option('--nfc', 'letters and their accents as one character each')
    .option('--sequence <template>', 'names of {n} the counter, {name} {ext} {date} {created} {taken}')
    .option('--keep-extension', 'the rules before --sequence leave the extension alone; .tar.gz is one')
    .option('--start <n>', 'the first number (default: 1)')
    .option('--pad <n>', 'digits of a number, at least (default: 1)')
    .option('--order <order>', `${ORDERS.join(', ')} (default: natural)`)
    .option('--per-folder', 'numbers begin anew in each folder')
    .option('--map <file>', 'rename by a list of old and new names: .csv, .tsv, else JSON; - reads the input')
    .option('--map-format <format>', `${MAP_FORMATS.join(', ')}, whatever the file is called`)
    .option('--map0 <file>', 'rename by pairs of raw names, each ended by NUL; - reads the input')
    .option('--edit', 'rename by hand, in $VISUAL or $EDITOR')
    .option('--undo [id]', 'take back the last run in the folder, or the one that is named')
    .option('--recover', 'put back an interrupted run')
    .option('--history', 'list the runs in the folder')
    .option('--apply', 'rename; without it the new names are shown, and on a terminal a question is asked')
    .option('--only <glob>', 'rename only what fits, in every mode; a glob with a slash is of the path', collect)
    .option('--dirs', 'folders too')
    .option('--hidden', 'names that begin with a dot too')
    .option('--recursive', 'entries of folders too')
    .option('--move', 'new names may lead into other folders, which are made')
    .option('--keep-going', 'leave out what is refused, and carry on after a failure; without it all or nothing')
    .option('--edited', 'with --undo or --recover: files that were edited or replaced since too, as they are')
    .option('--json', 'print one JSON object and nothing else')
    .option('--state-dir <dir>', 'the folder of the journals')
    .addHelpText('after', HELP);
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
  const options = command.opts<Options>();
  const task = taskOf(options);
  const { paths, id } = pathsOf(command.args, options);
  const { root, places } = readPlaces(paths);
  if (places !== undefined && (task === 'undo' || task === 'recover' || task === 'history')) {
    throw new UsageError(`Expected one folder with --${task}, got ${paths.join(' and ')}`);
  }
  return {
    root,
    task: readTask(task, options, places, id),
    apply: options.apply ?? false,
    move: options.move ?? false,
    keepGoing: options.keepGoing ?? false,
    edited: options.edited ?? false,
    json: options.json ?? false,
    ...(options.stateDir !== undefined && { stateFolder: options.stateDir }),
  };
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** `--undo photos` names the folder: what an optional value takes is an id only where it is no folder. */
function pathsOf(args: readonly string[], { undo }: Options): { paths: readonly string[]; id?: string } {
  if (typeof undo !== 'string') return { paths: args.length === 0 ? ['.'] : args };
  if (args.length === 0 && isFolder(undo)) return { paths: [undo] };
  return { paths: args.length === 0 ? ['.'] : args, id: undo };
}

function taskOf(options: Options): 'rules' | (typeof LONE)[number] {
  const rules = RULES.filter((name) => options[name] !== undefined);
  const lone = LONE.filter((name) => options[name] !== undefined);
  const names = [...rules, ...lone];
  if (names.length === 0 || (lone.length > 0 && names.length > 1)) {
    const got = names.map((name) => `--${name}`).join(' and ') || 'none';
    throw new UsageError(`Expected one of ${[...RULES, ...LONE].map((name) => `--${name}`).join(', ')}, got ${got}`);
  }
  for (const [option, owner] of BELONGS) {
    if (options[option] !== undefined && options[owner] === undefined) {
      throw new UsageError(`Expected --${dashed(option)} with --${owner}, got --${names.join(' and --')}`);
    }
  }
  if (options.edited && options.undo === undefined && options.recover === undefined) {
    throw new UsageError(`Expected --edited with --undo or --recover, got --${names.join(' and --')}`);
  }
  return lone[0] ?? 'rules';
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function readTask(
  task: ReturnType<typeof taskOf>,
  options: Options,
  places: readonly RawPath[] | undefined,
  id: string | undefined,
): Arguments['task'] {
  if (task === 'undo') return id === undefined ? { name: 'undo' } : { name: 'undo', id };
  if (task === 'recover' || task === 'history') return { name: task };
  try {
    return { name: 'rename', ...readWish(task, options, places) };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}
