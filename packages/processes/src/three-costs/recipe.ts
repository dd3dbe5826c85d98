// Claim      L threads or processes pay only for tasks of more than o / (L - 1) ms, o being the time of L empty tasks: well
//            below, plain code is faster; well above, slower.
// Mechanism  L tasks of w ms take L w inline, o + w on L cores.
// Use when   you wonder whether a thread pays.
// Do not     start one for less: keep it.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/processes/src/main.ts three-costs

/** Threads or processes that do tasks side by side, such as `openProcesses` and `openThreads` of the cpu-scaling recipes. */
export interface Lanes<Task, Result> {
  /** Does all tasks; results are in their order. */
  run(tasks: readonly Task[]): Promise<Result[]>;
  close(): Promise<void>;
}

/**
 * Lanes that are started for each run, one for each task, and ended after it. Their overhead holds their start; that of
 * lanes that are kept only the messages.
 */
export function startedForEachRun<Task, Result>(open: (count: number) => Lanes<Task, Result>): Lanes<Task, Result> {
  return {
    async run(tasks) {
      const lanes = open(tasks.length);
      try {
        return await lanes.run(tasks);
      } finally {
        await lanes.close();
      }
    },
    close: async () => {},
  };
}

/** Wall time of one run, ms. */
async function timeOf<Task>(lanes: Lanes<Task, unknown>, tasks: readonly Task[]): Promise<number> {
  const start = performance.now();
  await lanes.run(tasks);
  return performance.now() - start;
}

/**
 * Measures the overhead of lanes, where the program is to run: ms of each of so many rounds, after one that warms up.
 *
 * @param empty as many tasks that do nothing as there are lanes
 * @param time measures one run
 */
export async function overheads<Task, Result>(
  lanes: Lanes<Task, Result>,
  empty: readonly Task[],
  rounds = 5,
  time: (lanes: Lanes<Task, Result>, tasks: readonly Task[]) => Promise<number> = timeOf,
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) times.push(await time(lanes, empty));
  return times.slice(1);
}

/**
 * The size of a task, in the unit of `overhead`, from which on lanes gain: L w = o + w, solved for w.
 *
 * @param overhead the time of as many empty tasks as there are lanes
 * @param lanes as many as tasks, and as cores
 * @throws RangeError where `lanes` is not an integer from 2 up: one lane never gains
 */
export function breakEven(overhead: number, lanes: number): number {
  if (!Number.isInteger(lanes) || lanes < 2) {
    throw new RangeError(`Expected \`lanes\` to be an integer from 2 up, got ${lanes}`);
  }
  return overhead / (lanes - 1);
}
