// Tries the verdicts of the lab under limits that hosts set: `pnpm cgroups`. Each limit is a control group of its own, made
// for it and removed after it; that takes root. The self-check runs in it by its command line.

import { Command } from 'commander';
import { beforeEnd, parse, readNumber, run } from '../run/command.ts';
import { table } from '../show/terminal.ts';
import { whyNoGroups } from './group.ts';
import type { Said } from './judge-child.ts';
import { runIn, SETTINGS } from './setting.ts';
import type { Setting } from './setting.ts';

const SELF_CHECK = new URL('../main.ts', import.meta.url);
const JUDGE = new URL('./judge-child.ts', import.meta.url);

/** The job of which the word is shown: its lanes are parallel, and the limit alone keeps them from being so here. */
const SHOWN = 'worker threads';

/** What the self-check prints as JSON, as far as it is shown. */
interface Trust {
  readonly verdicts: number;
  readonly wrong: number;
  readonly unclear: number;
}

await run(async (argv) => {
  const command = new Command('pnpm cgroups')
    .description(
      'Runs the self-check of the lab under quotas, on one core, and with a low priority: as root, on Linux.',
    )
    .option('--rounds <n>', 'how often each job is judged under each limit', '1')
    .addHelpText(
      'after',
      '\nExit status: 0 no false verdict, or skipped with its reason, 1 a false verdict, 2 wrong usage.',
    );
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  const { rounds } = command.opts<{ rounds: string }>();
  readNumber('--rounds', rounds, { least: 1, most: 1_000, whole: true });

  const why = whyNoGroups();
  if (why !== undefined) return console.log(`Skipped: ${why}`);
  const stop = new AbortController();
  beforeEnd(() => stop.abort());

  const rows = [];
  for (const setting of SETTINGS) rows.push(await tryIn(setting, rounds, stop.signal));
  console.log(table(rows, ['verdicts', 'false', 'abstained']));
  const wrong = rows.reduce((sum, row) => sum + Number(row.false), 0);
  console.log(`\n${wrong} false verdicts under ${rows.length} limits, ${rounds} round(s) of the self-check each.`);
  if (wrong > 0) process.exitCode = 1;
});

async function tryIn(setting: Setting, rounds: string, signal: AbortSignal) {
  const checked = await runIn(setting, SELF_CHECK, ['--rounds', rounds, '--json'], signal);
  const { verdicts, wrong, unclear } = read(checked) as Trust;
  const said = read(await runIn(setting, JUDGE, [SHOWN], signal)) as Said;
  const word = [said.verdict, said.qualifier].filter(Boolean).join(', ');
  const known = said.quota === undefined ? '' : `, quota of ${said.quota.toFixed(2)}`;
  return {
    limit: setting.name,
    verdicts: String(verdicts),
    false: String(wrong),
    abstained: String(unclear),
    [`said of ${SHOWN}`]: word,
    reason: said.reason ?? '',
    'the lab sees': `${said.cores} core${said.cores === 1 ? '' : 's'}${known}`,
  };
}

/** @throws Error where the program failed in another way than by a false verdict */
function read({ status, stdout, stderr }: { status: number | null; stdout: string; stderr: string }): unknown {
  if ((status === 0 || status === 1) && stdout !== '') return JSON.parse(stdout);
  throw new Error(`Expected the self-check to end with status 0 or 1, got ${status}:\n${stdout}${stderr}`);
}
