// `badge`: writes an SVG that counts the claims that hold.

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parse } from '@cookbook/lab/command';
import { Command } from 'commander';
import type { Project } from '../project.ts';
import { chooseResults } from '../results/choose.ts';
import { badge, badgeWords } from './badge.ts';

export async function badgeCommand(argv: readonly string[], { results: folder }: Project): Promise<void> {
  const command = new Command('pnpm report badge')
    .description('Writes an SVG badge such as "41 of 44 claims hold".')
    .argument('[results]', 'the JSON file of a run; the latest finished one where none is named')
    .option('--out <file>', 'where to write it, - for the standard output (default: results/badge.svg)');
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const { results } = await chooseResults(command.args[0], folder);
  const { out } = command.opts<{ out?: string }>();
  if (out === '-') return void process.stdout.write(badge(results));
  const file = out ?? fileURLToPath(new URL('badge.svg', folder));
  await writeFile(file, badge(results));
  console.log(`${badgeWords(results)}: ${file}`);
}
