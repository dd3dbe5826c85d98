// `markdown`: the table of verdicts for a README, printed or written into the READMEs of the chapters.

import { fileURLToPath } from 'node:url';
import type { Chapter } from '@cookbook/lab/claim';
import { parse, UsageError } from '@cookbook/lab/command';
import { verdictsTable, writeVerdicts } from '@cookbook/lab/show';
import { Command } from 'commander';
import type { Project } from '../project.ts';
import { chooseResults } from '../results/choose.ts';
import type { Results } from '../results/format.ts';
import { outcomesOf, outOfStep } from './blocks.ts';
import { importChapters } from './chapters.ts';

export async function markdownCommand(argv: readonly string[], { root, results: folder }: Project): Promise<void> {
  const command = new Command('pnpm report markdown')
    .description("Prints the chapters' tables of verdicts, or writes them into their READMEs.")
    .argument('[results]', 'the JSON file of a run; the latest finished one where none is named')
    .option('--write', 'write them between begin:verdicts and end:verdicts of each README', false)
    .option('--check', 'write nothing; say which README is out of step with its claims', false)
    .addHelpText('after', '\nExit status: 0 done, 1 a README is out of step under --check, 2 wrong usage.');
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const { write, check } = command.opts<{ write: boolean; check: boolean }>();
  if (write && check) throw new UsageError('Expected --write or --check, got both');

  const chapters = await importChapters(root);
  if (check) process.exitCode = await checkAll(chapters);
  else await tellAll(chapters, (await chooseResults(command.args[0], folder)).results, write);
}

/** The exit status. */
async function checkAll(chapters: readonly Chapter[]): Promise<number> {
  let status = 0;
  for (const chapter of chapters) {
    const difference = await outOfStep(chapter);
    if (difference === undefined) continue;
    status = 1;
    console.error(`The README of ${chapter.name} is out of step: ${difference}. Run: pnpm report markdown --write`);
  }
  if (status === 0) console.log(`${chapters.length} READMEs are in step with their claims`);
  return status;
}

async function tellAll(chapters: readonly Chapter[], results: Results, write: boolean): Promise<void> {
  for (const chapter of chapters) {
    const outcomes = outcomesOf(chapter, results);
    if (outcomes === undefined) {
      console.error(`Left alone: ${chapter.name}, of which the result has not every claim`);
    } else if (write) {
      await writeVerdicts(chapter, results.host, outcomes);
      console.log(`Written: ${fileURLToPath(chapter.readme)}`);
    } else {
      console.log(`## ${chapter.title}\n\n${verdictsTable(results.host, outcomes)}\n`);
    }
  }
}
