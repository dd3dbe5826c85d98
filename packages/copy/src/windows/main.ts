// Runs what can be run of the project on Windows, by Wine: `pnpm windows`. Copied recipes, the commands of the utils, the lab's
// verdicts. It installs nothing but a Node for Windows and the recipes' packages, into a folder that goes with it; the
// processes that it ends are those of its own Windows.

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEnd, parse, run, UsageError } from '@cookbook/lab/command';
import { Command } from 'commander';
import { tryCommands } from './commands.ts';
import { tryJudging } from './judging.ts';
import { withLimit } from './limits.ts';
import { openMachine } from './machine/machine.ts';
import type { Machine } from './machine/machine.ts';
import { tryRecipes } from './recipes.ts';
import type { Row } from './row.ts';
import { missing } from './machine/wine.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

type Part = (machine: Machine, wanted: (name: string) => boolean) => AsyncGenerator<Row>;
const PARTS: Readonly<Record<string, Part>> = { commands: tryCommands, judging: tryJudging, recipes: tryRecipes };

await run(async (argv) => {
  const request = readArguments(argv);
  if (typeof request === 'string') return console.log(request);
  const why = missing();
  if (why !== undefined) return console.log(`Skipped: ${why}`);

  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'cookbook-windows-'));
  let machine: Machine | undefined;
  const clean = (): void => {
    machine?.close();
    machine = undefined;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  beforeEnd(clean);
  try {
    machine = await openMachine(ROOT, folder);
    console.log(`Node ${machine.node} for Windows under ${machine.wine}\n`);
    const rows: Row[] = [];
    for (const part of request.parts) {
      for await (const tried of PARTS[part]!(machine, request.wanted)) rows.push(print(withLimit(tried)));
    }
    const count = (word: Row['word']): number => rows.filter((row) => row.word === word).length;
    console.log(
      `\n${rows.length} tried: ${count('ok')} as expected, ${count('FAILED')} failed, ${count('wine')} failed for a reason ` +
        `of Wine's own, ${count('skipped')} skipped`,
    );
    if (count('FAILED') > 0 || rows.length === 0) process.exitCode = 1;
  } finally {
    clean();
  }
});

function readArguments(argv: readonly string[]): { parts: string[]; wanted: (name: string) => boolean } | string {
  const parts = Object.keys(PARTS);
  const command = new Command('pnpm windows')
    .description('Runs recipes, commands and verdicts on Windows, by Wine: on Linux, where Wine is installed.')
    .argument('[part...]', `${parts.join(', ')} (default: all of them)`)
    .option('--only <text>', 'only recipes and commands whose name contains this', '')
    .addHelpText(
      'after',
      '\nExit status: 0 as expected, or skipped with its reason, 1 something failed, 2 wrong usage.',
    );
  const help = parse(command, argv);
  if (help !== undefined) return help;
  const unknown = command.args.find((part) => !parts.includes(part));
  if (unknown !== undefined) throw new UsageError(`Expected a part to be one of ${parts.join(', ')}, got '${unknown}'`);
  const { only } = command.opts<{ only: string }>();
  return { parts: command.args.length > 0 ? command.args : parts, wanted: (name) => name.includes(only) };
}

function print(row: Row): Row {
  const { part, name, word, reasons } = row;
  const said = word === 'wine' ? "Wine's own" : word;
  console.log(`${said.padEnd(10)}  ${part.padEnd(8)}  ${name}`);
  for (const reason of reasons) console.log(reason.replaceAll(/^/gm, '              '));
  return row;
}
