// The command of the lab: checks the instrument on this machine. Its table is the ground for the README's word on trust.

import { Command } from 'commander';
import { parse, readNumber, run } from './command.ts';
import { readHost } from './host.ts';
import { medianInterval } from './interval.ts';
import { startNeighbours } from './neighbours.ts';
import { answerOf, examine, falseAnswers, JOBS, trust } from './self-check.ts';
import type { Answer, Tested } from './self-check.ts';
import { bold, dim, openScreen, table, wrap } from './terminal.ts';
import { darkScreen } from './verify.ts';
import { describeHost } from './wording.ts';

await run(async (argv) => {
  const command = new Command('pnpm tsx packages/lab/src/main.ts')
    .description('Checks the lab on this machine: jobs of known nature go through the instrument, on two lanes each.')
    .option('--rounds <n>', 'how often each job is judged', '5')
    .option('--neighbours <n>', 'busy processes beside the jobs: 0, 1 or 2', '0')
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', '\nExit status: 0 no false verdict, 1 a false verdict, 2 wrong usage, 130 interrupted.');
  const help = parse(command, argv);
  if (help !== undefined) return console.log(help);
  if (command.args.length > 0) command.error(`expected no arguments, got '${command.args.join(' ')}'`);
  const { rounds, neighbours, json = false } = command.opts<{ rounds: string; neighbours: string; json?: boolean }>();
  const tested = await check(
    readNumber('--rounds', rounds, { least: 1, most: 1_000, whole: true }),
    readNumber('--neighbours', neighbours, { least: 0, most: 2, whole: true }),
    json,
  );
  if (trust(tested).wrong > 0) process.exitCode = 1;
});

async function check(rounds: number, count: number, json: boolean): Promise<Tested[]> {
  const screen = json ? darkScreen : openScreen(process.stdout);
  const host = await readHost();
  const neighbours = await startNeighbours(count);
  screen.print(`${bold('The lab checks itself')}\n${dim(wrap(describeHost(host), screen.columns))}`);
  screen.print(`${rounds} rounds of ${JOBS.length} jobs, ${count} busy neighbours\n`);

  const tested: Tested[] = [];
  const started = performance.now();
  for (const job of JOBS) {
    const answers: Answer[] = [];
    const potentials: number[] = [];
    for (let round = 0; round < rounds; round++) {
      screen.draw(
        dim(progress(job.name, tested.length * rounds + round, JOBS.length * rounds, performance.now() - started)),
      );
      const speedup = await examine(job, { budget: 10_000, signal: new AbortController().signal });
      answers.push(answerOf(speedup));
      const own = speedup.trials.flatMap(({ potential }) => potential ?? []);
      if (own.length > 0) potentials.push(medianInterval(own).median);
    }
    tested.push({ job, answers, potentials });
  }
  await neighbours.stop();

  const { verdicts, wrong, unclear, upperBound } = trust(tested);
  if (json) {
    const jobs = tested.map((row) => ({
      ...row,
      job: row.job.name,
      parallel: row.job.parallel,
      wrong: falseAnswers(row),
    }));
    console.log(
      JSON.stringify({ host, rounds, neighbours: count, jobs, verdicts, wrong, unclear, upperBound }, null, 2),
    );
  }
  screen.print(drawTested(tested));
  screen.print(
    `\n${wrong} of ${verdicts} verdicts false, ${unclear} abstained: with 95 % confidence fewer than ${(upperBound * 100).toFixed(1)} % of verdicts are false under these conditions`,
  );
  return tested;
}

function drawTested(tested: readonly Tested[]): string {
  const rows = tested.map((row) => {
    const said = (answer: Answer): string => String(row.answers.filter((given) => given === answer).length);
    const range = row.potentials.length > 0 ? [Math.min(...row.potentials), Math.max(...row.potentials)] : undefined;
    return {
      job: row.job.name,
      'in parallel?': row.job.parallel ? 'yes' : 'no',
      'said yes': said('yes'),
      'said no': said('no'),
      abstained: said('unclear'),
      'potential speedup': range ? range.map((end) => `${end.toFixed(2)}x`).join(' to ') : 'not told here',
      false: String(falseAnswers(row)),
    };
  });
  return table(rows, ['said yes', 'said no', 'abstained', 'potential speedup', 'false']);
}

/** 'async tasks: 16 of 40, about 12 s left' */
function progress(name: string, done: number, all: number, elapsed: number): string {
  const left = done === 0 ? '' : `, about ${Math.ceil(((elapsed / done) * (all - done)) / 1_000)} s left`;
  return `${name}: ${done + 1} of ${all}${left}`;
}
