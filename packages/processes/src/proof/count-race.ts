// Processes that count in one place at the same time: rounds of them, and what was lost.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { sampled } from '@cookbook/lab/claim';
import type { Context, Figure, Finding } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import { outcomes, tally } from '@cookbook/lab/race';
import type { Grade } from '@cookbook/lab/race';
import { openProcesses } from '../cpu-scaling/recipe.ts';

/** What each process has to do. */
export interface CountJob<Way> {
  readonly way: Way;
  readonly folder: string;
  readonly times: number;
}

export interface CountReport {
  /** ms */
  readonly took: number;
  /** How far it counted in memory of its own; undefined where it counted in the shared place. */
  readonly own: number | undefined;
}

export interface Place<Way> {
  /** A task that takes a `CountJob` and returns a `CountReport`. */
  readonly task: URL;
  /** A program that takes the lock, sends a message, and keeps the lock; its arguments are the way and the folder. */
  readonly holder: URL;
  /** Makes an empty counter. */
  readonly create: (way: Way, folder: string) => void;
  readonly read: (way: Way, folder: string) => number;
}

export interface Race {
  readonly expected: number;
  readonly counted: number;
  /** Microseconds a count, as the slowest process saw it. */
  readonly usPerCount: number;
}

const PROCESSES = 4;
const ROUNDS = 4;
/** How long a holder keeps the lock before it is killed, ms: the others wait for it by then. */
const HELD_MS = 50;
const LOST = 'updates lost';
const NOBODYS = 'a number that no process wrote';

/** Opens four processes that race many times over, each of them counting `times` times in the same place. */
export function openRace<Way extends string>({ task, holder, create, read }: Place<Way>) {
  const lanes = openProcesses<CountJob<Way>, CountReport>(task, PROCESSES);

  /** With `victim` one more process takes the lock first, and is killed while it holds it. */
  function run(way: Way, times: number, { victim = false } = {}): Promise<Race> {
    return withFolder('count-race', async (folder) => {
      create(way, folder);
      if (victim) await killHolder(holder, way, folder);
      const reports = await lanes.run(Array.from({ length: PROCESSES }, () => ({ way, folder, times })));
      const own = reports.flatMap((report) => report.own ?? []);
      return {
        expected: PROCESSES * times,
        counted: own.length > 0 ? own.reduce((sum, count) => sum + count, 0) : read(way, folder),
        usPerCount: (Math.max(...reports.map(({ took }) => took)) * 1_000) / times,
      };
    });
  }
  return { run, close: () => lanes.close() };
}

/** Starts a process that takes the lock; resolves once it has it, and kills it a little later. */
async function killHolder(holder: URL, way: string, folder: string): Promise<void> {
  const child = fork(holder, [way, folder], { execArgv: [] });
  await once(child, 'message');
  setTimeout(() => child.kill('SIGKILL'), HELD_MS);
}

/** A race of one way, with or without a process that is killed while it has the lock. */
export interface Case<Way> {
  readonly way: Way;
  readonly times: number;
  readonly victim?: boolean;
}

/** Runs every case in turn, four times over: what disturbs the machine disturbs all of them. */
export async function runRounds<Way extends string, Name extends string>(
  place: Place<Way>,
  cases: Readonly<Record<Name, Case<Way>>>,
  { signal }: Pick<Context, 'signal'>,
): Promise<Record<Name, readonly Race[]>> {
  const names = Object.keys(cases) as Name[];
  const races = Object.fromEntries(names.map((name) => [name, [] as Race[]])) as Record<Name, Race[]>;
  const race = openRace(place);
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of names) {
        signal.throwIfAborted();
        const { way, times, victim = false } = cases[name];
        races[name].push(await race.run(way, times, { victim }));
      }
    }
  } finally {
    await race.close();
  }
  return races;
}

/** A way of counting that must lose nothing. */
export function none(words: string, key: string, label: string, races: readonly Race[]): Finding {
  return outcomes(words, key, label, tallyOf(races, 'forbidden'));
}

/** A way of counting that loses updates, which has to be seen. The figure `KEY-share` is the share that was lost. */
export function lost(words: string, key: string, label: string, races: readonly Race[]): Finding {
  const finding = outcomes(words, key, label, tallyOf(races, 'interesting'), LOST);
  return {
    ...finding,
    figures: [...finding.figures, sampled(`${key}-share`, `updates lost, ${label}`, races.map(shareLost), '%')],
  };
}

/** Microseconds that a count took. */
export function timePerCount(key: string, label: string, races: readonly Race[]): Figure {
  const times = races.map(({ usPerCount }) => usPerCount);
  return sampled(`${key}-time`, `a count, ${label}`, times, 'us');
}

function tallyOf(races: readonly Race[], loss: Grade) {
  const seen = races.map(({ counted, expected }) =>
    counted === expected ? 'none lost' : counted < expected ? LOST : NOBODYS,
  );
  return tally(seen, { 'none lost': 'acceptable', [LOST]: loss, [NOBODYS]: loss });
}

/** In percent; a number that no process wrote has lost them all. */
function shareLost({ counted, expected }: Race): number {
  return counted > expected || Number.isNaN(counted) ? 100 : (100 * (expected - counted)) / expected;
}
