// `compare`: two runs side by side, such as those of two machines or of two versions of Node.

import { writeFile } from 'node:fs/promises';
import { parse } from '@cookbook/lab/command';
import { Command } from 'commander';
import { readResults } from '../results/read.ts';
import { compareResults } from './compare.ts';
import { comparisonPage } from './page.ts';
import { comparisonText } from './text.ts';

export async function compareCommand(argv: readonly string[]): Promise<void> {
  const command = new Command('pnpm report compare')
    .description('Two runs side by side: what changed its verdict, and which figures moved beyond their intervals.')
    .argument('<A>', 'the JSON file of a run')
    .argument('<B>', 'the JSON file of another')
    .option('--html <file>', 'write a page too')
    .addHelpText('after', '\nExit status: 0 compared, whatever the outcome; 2 wrong usage.');
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const [a, b] = command.args;
  const before = await readResults(a!);
  const after = await readResults(b!);
  const comparison = compareResults(before, after);
  console.log(comparisonText(before, after, comparison, process.stdout.columns || 100));
  const { html } = command.opts<{ html?: string }>();
  if (html === undefined) return;
  await writeFile(html, comparisonPage(before, after, comparison));
  console.log(`The page: ${html}`);
}
