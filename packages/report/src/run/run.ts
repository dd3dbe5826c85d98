// The default command: every chapter, what was measured kept after every claim, a table and a page at the end.

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Screen } from '@cookbook/lab/claim';
import { beforeEnd } from '@cookbook/lab/command';
import { readHost } from '@cookbook/lab/host';
import { findPythons } from '@cookbook/lab/python';
import { bold, describeHost, dim, openScreen, wrap } from '@cookbook/lab/show';
import type { Project } from '../project.ts';
import { allIds, countVerdicts, describeCounts, missingIds } from '../results/counts.ts';
import { VERSION } from '../results/format.ts';
import type { Results, Selection } from '../results/format.ts';
import { latest, nameOf, newFile, pageOf, save } from '../results/store.ts';
import type { Kept } from '../results/store.ts';
import { EVERYTHING } from './arguments.ts';
import type { RunArguments } from './arguments.ts';
import { knownSeconds } from './estimate.ts';
import { describePeak } from '../chapter/memory.ts';
import { show } from './open.ts';
import { patient, quick } from './pace.ts';
import { readPlan } from '../chapter/plan.ts';
import type { Plan } from '../chapter/plan.ts';
import { claimsRecorder } from './record.ts';
import { findCutShort } from './resume.ts';
import { runClaims } from './run-claims.ts';
import { describeSelection, selectIds } from './selection.ts';
import { statusOf } from './status.ts';
import { shortfalls, verdictTable } from './lines.ts';

/** Of how many earlier runs the times of claims are taken. */
const EARLIER = 8;

/**
 * Runs what was asked for.
 *
 * @returns the exit status
 * @throws UsageError where what was asked for does not exist, or cannot be gone on with
 */
export async function runAll(project: Project, args: RunArguments): Promise<number> {
  const screen = openScreen(process.stdout);
  beforeEnd(() => screen.close());
  try {
    screen.draw(dim('… looking at the host, reading the chapters'));
    const host = await readHost(); // first, while nothing else is at work
    const [plan, pythons, earlier] = await Promise.all([
      readPlan(project.root),
      findPythons(),
      latest(project.results, EARLIER),
    ]);
    const python = pythons.found.map(({ name, lock }) => (lock ? name : `${name} without the lock`));
    const kept = args.resume
      ? findCutShort(earlier, args.selection, host, plan)
      : await begin(project, plan, args.selection ?? EVERYTHING, { host, python });
    screen.print(`${bold('The Concurrency Cookbook')}\n${dim(wrap(describeHost(host), screen.columns))}`);
    screen.print(dim(`Python: ${python.join(', ') || (pythons.problems[0] ?? 'none found')}`));

    const results = await measure(kept, plan, knownSeconds(earlier, host), screen);
    await save(kept.file, results);
    tell(results, screen);
    screen.print(dim(`Kept in ${nameOf(kept.file)}`));
    screen.draw(dim('… building the page'));
    const built = await buildPage(project, pageOf(kept.file), results, screen);
    if (built && args.open) await show(pageOf(kept.file));
    return built ? statusOf(results, process.env['CLAIMS_STRICT'] === '1') : 1;
  } finally {
    screen.close();
  }
}

async function begin(
  project: Project,
  plan: Plan,
  selection: Selection,
  { host, python }: Pick<Results, 'host' | 'python'>,
): Promise<Kept> {
  const ids = allIds(plan);
  const chosen = new Set(selectIds(selection.only, plan));
  const started = host.date;
  const file = await newFile(project.results, started);
  const { chapters, recipes } = plan;
  const results: Results = {
    version: VERSION,
    started,
    command: describeSelection(selection),
    selection,
    host,
    python,
    chapters,
    recipes,
    leftOut: ids.filter((id) => !chosen.has(id)),
    claims: [],
  };
  await save(file, results);
  return { file, results };
}

async function measure(
  { file, results }: Kept,
  plan: Plan,
  known: ReadonlyMap<string, number>,
  screen: Screen,
): Promise<Results> {
  const { selection } = results;
  const pace = selection.quick ? quick(known, () => performance.now() / 1_000) : patient(selection.timeBudget);
  const ids = missingIds(results);
  const recorder = claimsRecorder({ file, results, all: ids.length, known, pace, screen });
  beforeEnd(() => {
    recorder.close();
    if (!recorder.isFinished()) console.log(recorder.describeCut());
  });
  await runClaims(plan, ids, { columns: screen.columns, pace, listener: recorder });
  return recorder.finish();
}

/** The table, what fell short of it, and the closing lines. */
function tell(results: Results, screen: Screen): void {
  screen.print(`\n${verdictTable(results)}\n`);
  for (const paragraph of shortfalls(results, screen.columns)) screen.print(`${paragraph}\n`);
  screen.print(describeCounts(countVerdicts(results.claims)));
  if (results.peakMemory) screen.print(dim(describePeak(results.peakMemory)));
}

/** Whether the page was built; one that could not be takes nothing from the results. */
async function buildPage(project: Project, page: URL, results: Results, screen: Screen): Promise<boolean> {
  try {
    await writeFile(page, await project.renderPage(results));
  } catch (error) {
    screen.draw('');
    console.error(`The page could not be built: ${(error as Error).message}`);
    return false;
  }
  screen.print(`The page: ${fileURLToPath(page)}`);
  return true;
}
