// `page`: builds the page of a result again, such as that of a run that was cut short.

import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse, UsageError } from '@cookbook/lab/command';
import { Command } from 'commander';
import type { Project } from './project.ts';
import { readResults } from './results/read.ts';
import { show } from './run/open.ts';

export async function pageCommand(argv: readonly string[], project: Project): Promise<void> {
  const command = new Command('pnpm report page')
    .description('Builds the page of a result again, beside its JSON.')
    .argument('<results>', 'the JSON file of a run')
    .option('--open', 'show the page when it is built', false);
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const file = command.args[0]!;
  if (path.extname(file) !== '.json') throw new UsageError(`Expected the name of a JSON file, got '${file}'`);
  const page = path.resolve(file.replace(/\.json$/, '.html'));
  await writeFile(page, await project.renderPage(await readResults(file)));
  console.log(`The page: ${page}`);
  if (command.opts<{ open: boolean }>().open) await show(pathToFileURL(page));
}
