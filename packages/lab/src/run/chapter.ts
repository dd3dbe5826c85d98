// What every chapter's `main.ts` hands over to: its command line, its claims in order, its closing line, its exit status.

import { readArguments } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { recipeOf } from '../claim/claim.ts';
import type { Chapter, Section } from '../claim/claim.ts';
import { describeBound, describeValue } from '../claim/figure.ts';
import type { PythonRun } from '../claim/finding.ts';
import type { Judgement } from '../claim/judge.ts';
import { beforeEnd, run as runCommand } from './command.ts';
import { readHost } from '../host/host.ts';
import { toJson } from '../show/json.ts';
import { writeVerdicts } from '../show/readme.ts';
import { bold, dim, openScreen, styleVerdict, table, wrap } from '../show/terminal.ts';
import { darkScreen, verify } from '../claim/verify.ts';
import type { Outcome } from '../claim/verify.ts';
import { describeHost, summarize, VERDICT_WORDS } from '../show/wording.ts';

export type { Chapter, Section } from '../claim/claim.ts';

/**
 * Runs a chapter's command line and ends the process with its status: 0 every claim holds or cannot be shown here,
 * 1 one is refuted, 2 wrong usage, 3 one is inconclusive under CLAIMS_STRICT=1, 130 interrupted.
 */
export function runChapter(chapter: Chapter): Promise<void> {
  return runCommand(async (argv) => {
    const { name, title, sections } = chapter;
    const recipes = sections.flatMap(({ claims }) => claims.map(recipeOf));
    const answer = readArguments(argv, name, title, recipes);
    if (typeof answer === 'string') console.log(answer);
    else if (answer.list) list(chapter, answer);
    else process.exitCode = statusOf(await run(chapter, answer));
  });
}

function statusOf(outcomes: readonly Outcome[]): number {
  const verdicts = new Set(outcomes.map(({ judgement }) => judgement.verdict));
  if (verdicts.has('refuted')) return 1;
  return verdicts.has('inconclusive') && process.env['CLAIMS_STRICT'] === '1' ? 3 : 0;
}

function chosen({ sections }: Chapter, { recipes }: Arguments): Section[] {
  if (recipes.length === 0) return [...sections];
  return sections
    .map(({ title, claims }) => ({ title, claims: claims.filter((claim) => recipes.includes(recipeOf(claim))) }))
    .filter(({ claims }) => claims.length > 0);
}

function list(chapter: Chapter, args: Arguments): void {
  const sections = chosen(chapter, args);
  if (args.json) {
    const entries = sections.flatMap(({ claims }) =>
      claims.map(({ id, question, says, from, inNode, answer }) => ({ id, question, says, from, inNode, answer })),
    );
    return console.log(JSON.stringify(entries, null, 2));
  }
  const columns = process.stdout.columns ?? 100;
  for (const { title, claims } of sections) {
    console.log(`\n${bold(title)}`);
    for (const claim of claims)
      console.log(
        `  ${recipeOf(claim)}\n${wrap(claim.question, columns, '      ')}\n${wrap(claim.answer, columns, '      ')}`,
      );
  }
}

async function run(chapter: Chapter, args: Arguments): Promise<Outcome[]> {
  const screen = args.json ? undefined : openScreen(process.stdout);
  const stop = new AbortController();
  beforeEnd(() => {
    screen?.close();
    stop.abort();
  });

  const host = await readHost();
  const sections = chosen(chapter, args);
  const detailed = args.recipes.length > 0;
  const width = Math.max(...sections.flatMap(({ claims }) => claims.map((claim) => recipeOf(claim).length)));
  screen?.print(`${bold(chapter.title)}\n${dim(wrap(describeHost(host), screen.columns))}`);

  const outcomes: Outcome[] = [];
  for (const { title, claims } of sections) {
    screen?.print(`\n${bold(title)}`);
    for (const claim of claims) {
      screen?.draw(dim(`… ${recipeOf(claim)}`));
      let told = false;
      const outcome = await verify(claim, {
        timeBudget: args.timeBudget,
        signal: stop.signal,
        screen: screen ?? darkScreen,
        onJudged: (judged) => {
          told = true;
          screen?.print(verdictLine(judged, width));
          if (detailed) screen?.print(details(judged, screen.columns));
          if (claim.python) screen?.draw(dim(`… ${recipeOf(claim)} in Python`));
        },
      });
      if (!told) screen?.print(verdictLine(outcome, width)); // what it needs is lacking
      for (const half of outcome.python ?? []) screen?.print(pythonLines(half, width, detailed));
      outcomes.push(outcome);
    }
  }

  screen?.print(`\n${summarize(outcomes)}`);
  screen?.close();
  if (args.writeReadme) await writeVerdicts(chapter, host, outcomes);
  if (args.json) console.log(JSON.stringify(toJson(host, outcomes), null, 2));
  return outcomes;
}

/** '✓ holds  cpu-scaling  potential speedup, 2 threads: 1.95x ...': the verdict, and the first figure that was judged. */
function verdictLine(outcome: Outcome, width: number): string {
  const { claim, judgement } = outcome;
  const words = outcome.headline ?? '';
  return `${verdictCell(judgement)}  ${recipeOf(claim).padEnd(width)}  ${words}`;
}

/** As wide as the longest, 'cannot show here', so that columns stand below one another. */
function verdictCell({ verdict, qualifier }: Judgement): string {
  const words = qualifier ? `${VERDICT_WORDS[verdict]}, ${qualifier}` : VERDICT_WORDS[verdict];
  return styleVerdict(verdict, words.padEnd(17));
}

function pythonLines(half: PythonRun, width: number, detailed: boolean): string {
  const { interpreter, lock, judgement, figures } = half;
  const name = lock === undefined ? interpreter : `${interpreter} ${lock ? 'with' : 'without'} the lock`;
  const words = half.headline ?? '';
  const line = `${verdictCell(judgement)}  ${'in Python'.padStart(width)}  ${dim(`${name}:`)} ${words}`;
  return detailed && figures.length > 1 ? `${line}\n${figureTable(figures)}\n` : line;
}

/** What stands below the line of a recipe that was asked for by name. */
function details({ claim, judgement, figures, notes }: Outcome, columns: number): string {
  return [
    '',
    wrap(`The posts say: ${claim.says} (${claim.from.join(', ')})`, columns, '    '),
    wrap(`In Node.js:    ${claim.answer}`, columns, '    '),
    judgement.reason && wrap(`Here:          ${judgement.reason}`, columns, '    '),
    figures.length > 0 && `\n${figureTable(figures)}`,
    notes.length > 0 && `\n${notes.map((note) => wrap(note, columns, '    ')).join('\n')}`,
    '',
  ]
    .filter((part) => typeof part === 'string')
    .join('\n');
}

function figureTable(figures: Outcome['figures']): string {
  const rows = figures.map((figure) => ({
    figure: figure.name,
    measured: describeValue(figure),
    bound: describeBound(figure),
  }));
  return table(rows, ['measured']).replaceAll(/^/gm, '   ');
}
