// What every chapter's `main.ts` hands over to: its command line, and a run of its claims in this process.

import type { Command } from 'commander';
import type { Chapter } from '../claim/claim.ts';
import { darkScreen, verify } from '../claim/verify.ts';
import { readHost } from '../host/host.ts';
import { claimToJson, wordsOf } from '../show/json.ts';
import type { JsonClaim, JsonReport } from '../show/json.ts';
import { bold, dim, openScreen, wrap } from '../show/terminal.ts';
import { describeHost } from '../show/wording.ts';
import { chooseIds, EXIT_STATUS, readTimeBudget, runCommand } from './arguments.ts';
import { beforeEnd, parse, run } from './command.ts';
import { closingLines, listing } from './lines.ts';
import { runClaims, statusOf } from './runner.ts';

/**
 * Runs a chapter's command line and ends the process with its status: 0 every claim holds or cannot be shown here,
 * 1 one is refuted, 2 wrong usage, 3 one is inconclusive under CLAIMS_STRICT=1, 130 interrupted.
 */
export function runChapter(chapter: Chapter): Promise<void> {
  return run(async (argv) => {
    const command = chapterCommand(chapter);
    const help = parse(command, argv);
    if (help !== undefined) return console.log(help);

    const { list, json, timeBudget } = command.opts<{ list: boolean; json: boolean; timeBudget?: string }>();
    const budget = readTimeBudget(timeBudget);
    const chosen = chooseSections(chapter, command.args);
    const screen = json ? { ...darkScreen, close() {} } : openScreen(process.stdout);
    const words = chosen.flatMap(({ claims }) => claims.map(wordsOf));
    if (list && json) console.log(JSON.stringify(words, null, 2));
    else if (list) screen.print(listing(chosen, screen.columns));
    else {
      const report = await runHere({ ...chapter, sections: chosen }, command.args, budget, screen);
      if (json) console.log(JSON.stringify(report, null, 2));
      process.exitCode = statusOf(report.claims);
    }
  });
}

/** The command line of a chapter: `[recipe...]` and options. */
export function chapterCommand({ name, title }: Pick<Chapter, 'name' | 'title'>): Command {
  return runCommand(`pnpm tsx packages/${name}/src/main.ts`, title)
    .argument('[recipe...]', 'the recipes to run, all where none is named')
    .option('--json', 'print one JSON object and nothing else', false)
    .addHelpText('after', EXIT_STATUS);
}

function chooseSections({ sections }: Chapter, names: readonly string[]): Chapter['sections'] {
  const all = sections.flatMap(({ claims }) => claims);
  const ids = chooseIds(
    names,
    all.map(({ id }) => id),
  );
  return sections
    .map(({ title, claims }) => ({ title, claims: claims.filter(({ id }) => ids.includes(id)) }))
    .filter(({ claims }) => claims.length > 0);
}

/** Runs the claims in this process. */
async function runHere(
  { title, sections }: Chapter,
  names: readonly string[],
  timeBudget: number,
  screen: ReturnType<typeof openScreen>,
): Promise<JsonReport> {
  const stop = new AbortController();
  beforeEnd(() => {
    screen.close();
    stop.abort();
  });
  screen.print(bold(title));
  const host = await readHost();
  screen.print(dim(wrap(describeHost(host), screen.columns)));

  const all = sections.flatMap(({ claims }) => claims);
  const claims: JsonClaim[] = [];
  await runClaims({
    groups: sections,
    names,
    screen,
    async measure(id) {
      const claim = all.find((one) => one.id === id)!;
      claims.push(claimToJson(await verify(claim, { timeBudget, signal: stop.signal, screen })));
      return claims.at(-1);
    },
  });
  const closing = closingLines(claims, screen.columns);
  if (closing) screen.print(`\n${closing}`);
  screen.close();
  return { host, claims };
}
