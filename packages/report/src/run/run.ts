// The default command: every chapter, what was measured kept after every claim, a table and a page at the end.

import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chapterOf } from '@cookbook/lab/claim';
import type { Screen } from '@cookbook/lab/claim';
import { beforeEnd } from '@cookbook/lab/command';
import { readHost } from '@cookbook/lab/host';
import { findPythons } from '@cookbook/lab/python';
import { closingLines, listing, runClaims, statusOf } from '@cookbook/lab/run';
import { bold, claimsOf, describeHost, dim, openScreen, wrap } from '@cookbook/lab/show';
import { Measurer } from '../chapter/measure.ts';
import { describePeak, withPeak } from '../chapter/memory.ts';
import { groupsOf, readPlan } from '../chapter/plan.ts';
import type { Plan } from '../chapter/plan.ts';
import type { Project } from '../project.ts';
import { allIds, missingIds } from '../results/counts.ts';
import { VERSION } from '../results/format.ts';
import type { Results, Selection } from '../results/format.ts';
import { latest, nameOf, newFile, pageOf, save } from '../results/store.ts';
import type { Kept } from '../results/store.ts';
import { describeSelection, EVERYTHING, selectIds } from './arguments.ts';
import type { RunArguments } from './arguments.ts';
import { knownSeconds, secondsLeft } from './estimate.ts';
import { show } from './open.ts';
import { everyClaim, quick } from './pace.ts';
import type { Step } from './pace.ts';
import { openProgress } from './progress.ts';
import { findCutShort } from './resume.ts';
import { shortfalls, verdictTable } from './table.ts';

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
    if (args.list) return await list(project, args.selection ?? EVERYTHING, screen);
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
    close(results, screen);
    screen.print(dim(`Kept in ${nameOf(kept.file)}`));
    screen.draw(dim('… building the page'));
    const built = await buildPage(project, pageOf(kept.file), results, screen);
    if (built && args.open) await show(pageOf(kept.file));
    return built && !lacksChapter(results) ? statusOf(results.claims) : 1;
  } finally {
    screen.close();
  }
}

async function list({ root }: Project, { only }: Selection, screen: Screen): Promise<number> {
  const plan = await readPlan(root);
  screen.print(listing(groupsOf(plan, selectIds(only, plan)), screen.columns));
  return 0;
}

async function begin(
  project: Project,
  plan: Plan,
  selection: Selection,
  { host, python }: Pick<Results, 'host' | 'python'>,
): Promise<Kept> {
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
    leftOut: allIds(plan).filter((id) => !chosen.has(id)),
    claims: [],
  };
  await save(file, results);
  return { file, results };
}

/** Measures what is missing, and writes the results anew after every claim. */
async function measure(
  { file, results: before }: Kept,
  plan: Plan,
  known: ReadonlyMap<string, number>,
  screen: Screen,
): Promise<Results> {
  const { selection } = before;
  const ids = missingIds(before);
  const pace = selection.quick ? quick(known, () => performance.now() / 1_000) : everyClaim(selection.timeBudget);
  const measurer = new Measurer(plan);
  let results = before;
  let step: Step | undefined;
  const keep = async (change: Partial<Results>): Promise<void> => {
    results = { ...results, ...change };
    await save(file, results);
  };
  const progress = openProgress(screen, ids.length, (left, running) => {
    const measured = results.claims.map(({ seconds }) => seconds);
    return pace.timeLeft() ?? secondsLeft(left, running, measured, known);
  });
  beforeEnd(() => {
    progress.end();
    if (results.finished !== undefined) return;
    const count = claimsOf(results.claims.length);
    console.log(`\nCut short: ${count} kept in ${nameOf(file)}. Go on with: pnpm start --resume`);
  });
  try {
    const rest = await runClaims({
      groups: groupsOf(plan, ids),
      names: selection.only,
      screen: progress,
      next: (left) => (step = pace.next(left))?.id,
      async measure(id) {
        progress.begin(id, missingIds(results));
        const measured = await measurer.measure(step!, progress, pace.leavesOutLate);
        if (measured === undefined) {
          await keep({ leftOut: [...results.leftOut, id] });
          return undefined;
        }
        const peakMemory = withPeak(results.peakMemory, chapterOf({ id }), measured.peakMemory);
        await keep({ claims: [...results.claims, measured.claim], peakMemory });
        return measured.claim;
      },
    });
    results = { ...results, leftOut: [...results.leftOut, ...rest] };
    return (results = { ...results, finished: new Date().toISOString().replace(/\.\d+/, '') });
  } finally {
    progress.end();
    await measurer.close();
  }
}

/** The table, what is not in it, and the closing lines. */
function close(results: Results, screen: Screen): void {
  const { columns } = screen;
  const paragraphs = [verdictTable(results), ...shortfalls(results, columns), closingLines(results.claims, columns)];
  for (const paragraph of paragraphs.filter(Boolean)) screen.print(`\n${paragraph}`);
  if (results.peakMemory) screen.print(dim(wrap(describePeak(results.peakMemory), columns)));
}

/** Whether a chapter that was asked for could not be read. */
function lacksChapter({ chapters, selection: { only } }: Results): boolean {
  return chapters.some(({ name, failure }) => failure !== undefined && (only.length === 0 || only.includes(name)));
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
