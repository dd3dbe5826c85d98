// Claim      An interval of 100 ms runs work of 250 ms three at once. An SQLite lock allows one, across two processes, also
//            after a kill.
// Mechanism  The system frees a dead process's lock.
// Use when   instances of a server repeat work.
// Do not     expect one run a period, or use it across machines: pg_try_advisory_lock. croner's `protect` guards one
//            process; node-cron's `distributed` elects by your coordinator.
// Copy       recipe.ts; Node 22.16 or newer
// Run        pnpm tsx packages/processes/src/main.ts no-overlap

import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';

const MOST = 2 ** 31 - 1; // a timer with more fires at once

/** Lets a run begin or not; each that may is followed by `leave`. */
export interface Gate {
  enter(): boolean;
  leave(): void;
}

/** Broken: as setInterval alone, each begins when its time comes. */
export const ANY: Gate = { enter: () => true, leave: () => {} };

/** Mended in one process: a second process has a gate of its own. */
export function oneInProcess(): Gate {
  let isInside = false;
  return { enter: () => !isInside && (isInside = true), leave: () => void (isInside = false) };
}

/**
 * Mended in all processes of a machine that name the same file. The lock goes with its process: there is no pid to look at,
 * which a container may have given anew. The file is made where it is not there, and for this alone; not on a network drive.
 */
export function oneOnMachine(file: string): Gate & { close(): void } {
  const database = new DatabaseSync(file);
  return {
    enter() {
      if (database.isTransaction) return false; // this process has it
      try {
        database.exec('begin immediate');
      } catch (error) {
        if ((error as { errcode?: number }).errcode !== 5) throw error; // SQLITE_BUSY: another has it
      }
      return database.isTransaction;
    },
    leave: () => database.exec('rollback'),
    close: () => void (database.isOpen && database.close()),
  };
}

export interface RepeatOptions {
  /** Stops: nothing begins any more. `work` gets it too, to end sooner. */
  readonly signal: AbortSignal;
  /** Is called when a run is left out because of another. Many in a row: work hangs, or takes longer than planned. */
  readonly onSkip?: () => void;
  /** Gets what a run throws; the next comes in its time. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Begins `work` every so many ms, unless the gate is shut: that run is left out, and not made up for.
 *
 * @returns resolves once the signal has aborted and what had begun has ended
 * @throws RangeError where `every` is no number of ms
 */
export async function repeat(
  every: number,
  gate: Gate,
  work: (signal: AbortSignal) => unknown,
  { signal, onSkip = () => {}, onError = console.error }: RepeatOptions,
): Promise<void> {
  if (!(every >= 1 && every <= MOST)) throw new RangeError(`Expected \`every\` to be 1 to ${MOST} ms, got ${every}`);
  const underWay = new Set<Promise<void>>();
  const run = async (): Promise<void> => {
    try {
      if (!gate.enter()) return onSkip();
      await (async () => work(signal))().finally(() => gate.leave());
    } catch (error) {
      onError(error);
    }
  };
  const timer = setInterval(() => {
    const begun = run().finally(() => underWay.delete(begun));
    underWay.add(begun);
  }, every);
  if (!signal.aborted) await once(signal, 'abort');
  clearInterval(timer);
  await Promise.all(underWay);
}
