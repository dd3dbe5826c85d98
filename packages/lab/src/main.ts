// The command of the lab: checks the instrument on this machine. Its table is the ground for the README's word on trust.

import { Command, Option } from 'commander';
import type { Context, Screen } from './claim/claim.ts';
import type { Speedup } from './speedup/speedup.ts';
import { beforeEnd, parse, readNumber, run } from './run/command.ts';
import { readHost } from './host/host.ts';
import type { Host } from './host/host.ts';
import { medianInterval } from './claim/interval.ts';
import { JOBS } from './self-check/jobs.ts';
import { KINDS, startNeighbours } from './self-check/neighbours.ts';
import type { Kind } from './self-check/neighbours.ts';
import { measuredOn, writeBlock } from './show/readme.ts';
import { answerOf, examine, falseAnswers, isFalse, trust } from './self-check/self-check.ts';
import { simulationTable } from './self-check/simulation-table.ts';
import type { Answer, Tested } from './self-check/self-check.ts';
import { bold, dim, openScreen, table, wrap } from './show/terminal.ts';
import { darkScreen } from './claim/verify.ts';
import { describeHost } from './show/wording.ts';

interface Options {
  /** At most so many rounds of all jobs, and no more once so many verdicts are given. */
  readonly rounds: number;
  readonly verdicts: number;
  readonly neighbours: number;
  readonly kind: Kind | 'mixed';
  readonly simulate: boolean;
  readonly json: boolean;
  readonly writeReadme: boolean;
}

await run(async (argv) => {
  const options = readOptions(argv);
  if (typeof options === 'string') return console.log(options);
  if (options.simulate) return simulateHosts(options);
  const screen = options.json ? { ...darkScreen, close() {} } : openScreen(process.stdout);
  const stop = new AbortController();
  beforeEnd(() => {
    screen.close();
    stop.abort();
  });

  const host = await readHost();
  screen.print(`${bold('The lab checks itself')}\n${dim(wrap(describeHost(host), screen.columns))}\n`);
  const neighbours = await startNeighbours(options.neighbours, options.kind);
  const started = performance.now();
  const measured = await testJobs(options, screen, stop.signal).finally(() => neighbours.stop());
  const done: Done = { ...measured, options, host, seconds: (performance.now() - started) / 1_000 };

  screen.print(`${describeRun(done)}\n${drawTested(done)}\n\n${wrap(describeTrust(done), screen.columns)}`);
  screen.close();
  if (options.json) console.log(toJson(done));
  if (options.writeReadme) await writeTable(done);
  if (trust(done.tested).wrong > 0) process.exitCode = 1;
});

interface Run {
  readonly tested: readonly Tested[];
  /** What was measured where the verdict was false. */
  readonly mistakes: readonly { readonly job: string; readonly speedup: Speedup }[];
}

interface Done extends Run {
  readonly options: Options;
  readonly host: Host;
  readonly seconds: number;
}

async function simulateHosts({ writeReadme }: Options): Promise<void> {
  const drawn = simulationTable();
  console.log(drawn);
  const readme = new URL('../README.md', import.meta.url);
  if (writeReadme) await writeBlock({ readme, name: 'simulation' }, `\`\`\`text\n${drawn}\n\`\`\``);
}

function readOptions(argv: readonly string[]): Options | string {
  const command = new Command('pnpm tsx packages/lab/src/main.ts')
    .description('Checks the lab on this machine: jobs of known nature go through the instrument, on two lanes each.')
    .option('--rounds <n>', 'how often each job is judged', '5')
    .option('--verdicts <n>', 'go on until so many verdicts are given, instead of rounds')
    .option('--neighbours <n>', 'other processes beside the jobs: 0 to 8', '0')
    .addOption(new Option('--kind <kind>', 'what the neighbours do').choices([...KINDS, 'mixed']).default('busy'))
    .option('--simulate', 'judge simulated trials instead, of a host that makes work dearer now and then', false)
    .option('--json', 'print one JSON object and nothing else', false)
    .option('--write-readme', "write the table, with host and date, into the lab's README.md", false)
    .addHelpText('after', '\nExit status: 0 no false verdict, 1 a false verdict, 2 wrong usage, 130 interrupted.');
  const help = parse(command, argv);
  if (help !== undefined) return help;
  const { rounds, verdicts, neighbours, ...flags } = command.opts<
    Omit<Options, 'rounds' | 'verdicts' | 'neighbours'> &
      Record<'rounds' | 'neighbours', string> & { verdicts?: string }
  >();
  const many = { least: 1, most: 100_000, whole: true };
  return {
    rounds: verdicts === undefined ? readNumber('--rounds', rounds, many) : Infinity,
    verdicts: verdicts === undefined ? Infinity : readNumber('--verdicts', verdicts, many),
    neighbours: readNumber('--neighbours', neighbours, { least: 0, most: 8, whole: true }),
    ...flags,
  };
}

async function testJobs({ rounds, verdicts, json }: Options, screen: Screen, signal: Context['signal']): Promise<Run> {
  const started = performance.now();
  const tested = JOBS.map((job) => ({ job, answers: [] as Answer[], potentials: [] as number[] }));
  const mistakes: { job: string; speedup: Speedup }[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { job, answers, potentials } of tested) {
      const soFar = trust(tested);
      if (soFar.verdicts >= verdicts) return { tested, mistakes };
      screen.draw(dim(progress(job.name, soFar, performance.now() - started)));
      const speedup = await examine(job, { budget: 10_000, signal });
      answers.push(answerOf(speedup));
      if (json) console.error(progress(`${job.name}, ${answers.at(-1)}`, trust(tested), performance.now() - started));
      if (isFalse(job, answers.at(-1)!)) mistakes.push({ job: job.name, speedup });
      const own = speedup.trials.flatMap(({ potential }) => potential ?? []);
      if (own.length > 0) potentials.push(medianInterval(own).median);
    }
  }
  return { tested, mistakes };
}

/** 'async tasks: 16 verdicts, 0 false, 1 abstained, 12 s' */
function progress(name: string, { verdicts, wrong, unclear }: ReturnType<typeof trust>, elapsed: number): string {
  return `${name}: ${verdicts} verdicts, ${wrong} false, ${unclear} abstained, ${Math.round(elapsed / 1_000)} s`;
}

function drawTested({ tested }: Done): string {
  const rows = tested.map((row) => {
    const said = (answer: Answer): string => String(row.answers.filter((given) => given === answer).length);
    const range = row.potentials.length > 0 ? [Math.min(...row.potentials), Math.max(...row.potentials)] : undefined;
    return {
      job: row.job.name,
      'in parallel?': row.job.parallel === true ? 'yes' : row.job.parallel || 'no',
      'said yes': said('yes'),
      'said no': said('no'),
      abstained: said('unclear'),
      'potential speedup': range ? range.map((end) => `${end.toFixed(2)}x`).join(' to ') : 'not known here',
      false: String(falseAnswers(row)),
    };
  });
  return table(rows, ['said yes', 'said no', 'abstained', 'potential speedup', 'false']);
}

function describeRun({ options: { neighbours, kind } }: Done): string {
  const beside = `${neighbours} ${neighbours === 1 ? 'neighbour' : 'neighbours'}${neighbours > 0 ? ` (${kind})` : ''}`;
  return `${JOBS.length} jobs on two lanes, beside ${beside}:`;
}

function describeTrust({ tested, seconds }: Done): string {
  const { verdicts, wrong, unclear, upperBound } = trust(tested);
  const abstained = `${((100 * unclear) / Math.max(1, verdicts + unclear)).toFixed(1)} %`;
  const each = seconds / tested.reduce((sum, { answers }) => sum + answers.length, 0);
  return `${wrong} of ${verdicts} verdicts were false, ${unclear} times it abstained (${abstained}), at ${each.toFixed(1)} s each. With 95 % confidence fewer than ${(upperBound * 100).toFixed(1)} % of its verdicts are false under these conditions.`;
}

function toJson({ host, options: { neighbours, kind }, tested, mistakes, seconds }: Done): string {
  const jobs = tested.map((row) => {
    const { name, parallel } = row.job;
    return { job: name, parallel, answers: row.answers, potentials: row.potentials, false: falseAnswers(row) };
  });
  return JSON.stringify({ host, neighbours, kind, seconds, jobs, mistakes, ...trust(tested) }, null, 2);
}

/** Of each condition its figures; of the machine as it is the jobs too. */
async function writeTable(done: Done): Promise<void> {
  const { neighbours, kind } = done.options;
  const drawn =
    neighbours === 0 ? `\`\`\`text\n${describeRun(done)}\n\n${drawTested(done)}\n\`\`\`\n\n` : `${describeRun(done)} `;
  const name = neighbours === 0 ? 'self-check' : `self-check-${neighbours}-${kind}`;
  await writeBlock(
    { readme: new URL('../README.md', import.meta.url), name },
    `${drawn}${describeTrust(done)}\n${measuredOn(done.host)}`,
  );
}
