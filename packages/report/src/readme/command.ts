// `readme`: the parts of the READMEs that a run writes. The document is the test: --check shows as a diff what in it no
// longer agrees with the project, and --write takes a run's results over.

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, UsageError } from '@cookbook/lab/command';
import { compareBlock, verdictsBlock, writeBlock } from '@cookbook/lab/show';
import type { Block } from '@cookbook/lab/show';
import { Command } from 'commander';
import type { Project } from '../project.ts';
import { chooseResults } from '../results/choose.ts';
import type { Results } from '../results/format.ts';
import { importChapters } from './chapters.ts';
import { unifiedDiff } from './diff.ts';

export async function readmeCommand(
  argv: readonly string[],
  { root, results: folder, blocks }: Project,
): Promise<void> {
  const command = new Command('pnpm readme')
    .description('The parts of the READMEs that a run writes, between `begin:NAME` and `end:NAME`.')
    .argument('[results]', 'the JSON file of a run; the latest finished one where none is named')
    .option('--check', 'write nothing; show what no longer agrees with the claims, figures aside', false)
    .option('--write', 'write what the run measured', false)
    .addHelpText('after', '\nExit status: 0 done, 1 a README is out of step under --check, 2 wrong usage.');
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const { write, check } = command.opts<{ write: boolean; check: boolean }>();
  if (write === check) throw new UsageError(`Expected --check or --write, got ${write ? 'both' : 'neither'}`);

  const all = [...(await importChapters(root)).map(verdictsBlock), ...(await blocks())];
  if (check) process.exitCode = await checkAll(all);
  else await writeAll(all, (await chooseResults(command.args[0], folder)).results);
}

/** The exit status. */
async function checkAll(blocks: readonly Block[]): Promise<number> {
  let stale = 0;
  for (const block of blocks) {
    const { old, now } = await compareBlock(block);
    if (old === now) continue;
    stale += 1;
    console.log(`${unifiedDiff(nameOf(block), old, now)}\n`);
  }
  if (stale === 0) console.log(`${blocks.length} parts of READMEs agree with the claims`);
  else
    console.error(`${stale} of ${blocks.length} parts of READMEs are stale. Run: pnpm start, then pnpm readme --write`);
  return stale === 0 ? 0 : 1;
}

async function writeAll(blocks: readonly Block[], results: Results): Promise<void> {
  for (const block of blocks) {
    const content = block.measuredIn(results);
    if (content === undefined)
      console.error(`Left alone: ${nameOf(block)}, which takes a run of all its claims, on a quiet machine`);
    else await writeBlock(block, content);
  }
}

/** 'packages/threads/README.md verdicts' */
function nameOf({ readme, name }: Block): string {
  return `${path.relative('.', fileURLToPath(readme)).replaceAll(path.sep, '/')} ${name}`;
}
