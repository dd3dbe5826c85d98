// The command of the lab: checks the instrument on this machine. Its table is the ground for the README's word on trust.

import { Command } from 'commander';
import type { Context, Screen } from './claim/claim.ts';
import { beforeEnd, parse, readNumber, run } from './run/command.ts';
import { readHost } from './host/host.ts';
import type { Host } from './host/host.ts';
import { medianInterval } from './claim/interval.ts';
import { startNeighbours } from './self-check/neighbours.ts';
import { measuredOn, writeBlock } from './show/readme.ts';
import { answerOf, examine, falseAnswers, JOBS, trust } from './self-check/self-check.ts';
import type { Answer, Tested } from './self-check/self-check.ts';
import { bold, dim, openScreen, table, wrap } from './show/terminal.ts';
import { darkScreen } from './claim/verify.ts';
import { describeHost } from './show/wording.ts';

interface Options {
  readonly rounds: number;
  readonly neighbours: number;
  readonly json: boolean;
  readonly writeReadme: boolean;
}

await run(async (argv) => {
  const options = readOptions(argv);
  if (typeof options === 'string') return console.log(options);
  const screen = options.json ? { ...darkScreen, close() {} } : openScreen(process.stdout);
  const stop = new AbortController();
  beforeEnd(() => {
    screen.close();
    stop.abort();
  });

  const host = await readHost();
  screen.print(`${bold('The lab checks itself')}\n${dim(wrap(describeHost(host), screen.columns))}\n`);
  const neighbours = await startNeighbours(options.neighbours);
  const tested = await testJobs(options, screen, stop.signal);
  await neighbours.stop();

  screen.print(`${describeRun(options)}\n${drawTested(tested)}\n\n${wrap(describeTrust(tested), screen.columns)}`);
  screen.close();
  if (options.json) console.log(toJson(host, options, tested));
  if (options.writeReadme) await writeTable(host, options, tested);
  if (trust(tested).wrong > 0) process.exitCode = 1;
});

function readOptions(argv: readonly string[]): Options | string {
  const command = new Command('pnpm tsx packages/lab/src/main.ts')
    .description('Checks the lab on this machine: jobs of known nature go through the instrument, on two lanes each.')
    .option('--rounds <n>', 'how often each job is judged', '5')
    .option('--neighbours <n>', 'busy processes beside the jobs: 0, 1 or 2', '0')
    .option('--json', 'print one JSON object and nothing else', false)
    .option('--write-readme', "write the table, with host and date, into the lab's README.md", false)
    .addHelpText('after', '\nExit status: 0 no false verdict, 1 a false verdict, 2 wrong usage, 130 interrupted.');
  const help = parse(command, argv);
  if (help !== undefined) return help;
  const { rounds, neighbours, ...flags } = command.opts<
    Pick<Options, 'json' | 'writeReadme'> & Record<'rounds' | 'neighbours', string>
  >();
  return {
    rounds: readNumber('--rounds', rounds, { least: 1, most: 1_000, whole: true }),
    neighbours: readNumber('--neighbours', neighbours, { least: 0, most: 2, whole: true }),
    ...flags,
  };
}

async function testJobs({ rounds }: Options, screen: Screen, signal: Context['signal']): Promise<Tested[]> {
  const started = performance.now();
  const tested: Tested[] = [];
  for (const job of JOBS) {
    const answers: Answer[] = [];
    const potentials: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const done = tested.length * rounds + round;
      screen.draw(dim(progress(job.name, done, JOBS.length * rounds, performance.now() - started)));
      const speedup = await examine(job, { budget: 10_000, signal });
      answers.push(answerOf(speedup));
      const own = speedup.trials.flatMap(({ potential }) => potential ?? []);
      if (own.length > 0) potentials.push(medianInterval(own).median);
    }
    tested.push({ job, answers, potentials });
  }
  return tested;
}

/** 'async tasks: 16 of 40, about 12 s left' */
function progress(name: string, done: number, all: number, elapsed: number): string {
  const left = done === 0 ? '' : `, about ${Math.ceil(((elapsed / done) * (all - done)) / 1_000)} s left`;
  return `${name}: ${done + 1} of ${all}${left}`;
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
      'potential speedup': range ? range.map((end) => `${end.toFixed(2)}x`).join(' to ') : 'not known here',
      false: String(falseAnswers(row)),
    };
  });
  return table(rows, ['said yes', 'said no', 'abstained', 'potential speedup', 'false']);
}

function describeRun({ rounds, neighbours }: Options): string {
  return `${rounds} rounds of ${JOBS.length} jobs on two lanes, ${neighbours} busy ${neighbours === 1 ? 'process' : 'processes'} beside them:`;
}

function describeTrust(tested: readonly Tested[]): string {
  const { verdicts, wrong, unclear, upperBound } = trust(tested);
  return `${wrong} of ${verdicts} verdicts were false, ${unclear} times it abstained. With 95 % confidence fewer than ${(upperBound * 100).toFixed(1)} % of its verdicts are false under these conditions.`;
}

function toJson(host: Host, { rounds, neighbours }: Options, tested: readonly Tested[]): string {
  const jobs = tested.map((row) => {
    const { name, parallel } = row.job;
    return { job: name, parallel, answers: row.answers, potentials: row.potentials, false: falseAnswers(row) };
  });
  return JSON.stringify({ host, rounds, neighbours, jobs, ...trust(tested) }, null, 2);
}

async function writeTable(host: Host, options: Options, tested: readonly Tested[]): Promise<void> {
  const content = `\`\`\`text\n${describeRun(options)}\n\n${drawTested(tested)}\n\`\`\`\n\n${describeTrust(tested)}\n${measuredOn(host)}`;
  await writeBlock({ readme: new URL('../README.md', import.meta.url), name: 'self-check' }, content);
}
