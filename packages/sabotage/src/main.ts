// Puts known mistakes into a copy of the project and checks that they are seen: `pnpm sabotage threads/semaphore`.

import { fileURLToPath } from 'node:url';
import { parse, readNumber, run, UsageError } from '@cookbook/lab/command';
import { openScreen } from '@cookbook/lab/show';
import { Command } from 'commander';
import leven from 'leven';
import { findPatches } from './patches.ts';
import type { Patch } from './patches.ts';
import { sabotage } from './sabotage.ts';
import { listAsText, resultsAsJson, resultsAsText, statusOf } from './wording.ts';

/** Seconds: the slowest claim takes about 60 when it is measured twice on a busy machine. */
const LIMIT = 240;

const EXAMPLES = `
Examples:
  pnpm sabotage                          every patch
  pnpm sabotage threads                  those of a package
  pnpm sabotage semaphore                those of a recipe, or of a room of the lab
  pnpm sabotage --list threads/semaphore
  pnpm sabotage threads/semaphore/NAME --json

Each patch is put into a copy of the project in a temporary folder; what has to see it is run there, after it was run once
without the patch. Claims measure time: leave the machine alone meanwhile.
Exit status: 0 every patch is seen; 1 one survived, hangs, or cannot be put in; 2 wrong usage; 3 of one it cannot be
told, since its claim does not hold here without the patch; 130 interrupted.`;

interface Flags {
  readonly list: boolean;
  readonly json: boolean;
  readonly limit: string;
  readonly root: string;
}

/** Runs the command, and prints what it came to. */
async function main(argv: readonly string[]): Promise<void> {
  const command = new Command('pnpm sabotage')
    .usage('[options] [NAME...]')
    .description(
      'Put small mistakes into a copy of the project, one at a time, and check that claims and tests see them.',
    )
    .argument('[names...]', 'packages, recipes or rooms, and ids of patches; all where none is named')
    .option('--list', 'list the patches, and try none', false)
    .option('--json', 'print JSON', false)
    .option('--limit <seconds>', 'time limit of a claim, and of the tests of a patch', String(LIMIT))
    .option('--root <folder>', 'the project', fileURLToPath(new URL('../../../', import.meta.url)))
    .addHelpText('after', EXAMPLES);
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const { list, json, limit, root } = command.opts<Flags>();
  const seconds = readNumber('--limit', limit, { above: 0 });
  const patches = choose(command.args, findPatches(root));
  if (list) return console.log(json ? JSON.stringify({ patches }, null, 2) : listAsText(patches));

  const screen = openScreen(process.stderr);
  const results = await sabotage({
    root,
    patches,
    limit: seconds,
    onStart: ({ id }, index) => screen.draw(`${index + 1} of ${patches.length}: ${id}`),
    onResult: ({ patch, word }) => screen.print(`${word.padEnd(11)} ${patch.id}`),
  });
  screen.close();
  console.log(json ? resultsAsJson(results) : `\n${resultsAsText(results)}`);
  process.exitCode = statusOf(results);
}

/** The patches that names stand for. @throws UsageError where a name stands for nothing */
function choose(names: readonly string[], patches: readonly Patch[]): Patch[] {
  const known = new Set(patches.flatMap(namesOf));
  for (const name of names) {
    if (known.has(name)) continue;
    const [nearest] = [...known].toSorted((a, b) => leven(name, a) - leven(name, b));
    const near = nearest !== undefined && leven(name, nearest) <= Math.max(2, nearest.length / 3);
    const hint = near ? `: did you mean '${nearest}'?` : ': --list shows those that there are';
    throw new UsageError(`Expected the name of a package, a recipe, a room or a patch, got '${name}'${hint}`);
  }
  return patches.filter((patch) => names.length === 0 || namesOf(patch).some((name) => names.includes(name)));
}

/** 'threads', 'threads/semaphore', 'semaphore', the id and its last part; and the claims that have to see it. */
function namesOf({ id, claims }: Patch): string[] {
  const [chapter = '', group = '', name = ''] = id.split('/');
  return [chapter, group, `${chapter}/${group}`, name, id, ...claims];
}

await run(main);
