// Trials of lanes whose nature is known, on a simulated host that makes work dearer now and then, through the code that
// judges real ones. What a real host seldom does, and not when asked, is tried here a thousand times a second.

import { compare } from '../speedup/speedup.ts';
import type { Speedup, Trial } from '../speedup/speedup.ts';
import type { Phase } from '../speedup/trial.ts';
import { isSettled } from '../speedup/verdict.ts';
import type { LaneReport } from '../task/probe.ts';
import { UNIT_MS } from '../task/workload.ts';

/** Lanes of one nature; `locked` is the share of a unit that is done under a lock of all, its first part. */
export interface SimulatedJob {
  readonly name: string;
  readonly locked: number;
  /** Whether lanes burn CPU time while they wait for the lock. */
  readonly spins?: true;
  /** A third lies on the bound of two lanes (Amdahl: 1.50x): neither answer is false. */
  readonly truth: 'yes' | 'no' | 'on the bound';
}

export const SIMULATED_JOBS: readonly SimulatedJob[] = [
  { name: 'serial', locked: 1, truth: 'no' },
  { name: 'serial, spinning', locked: 1, spins: true, truth: 'no' },
  { name: 'two thirds', locked: 2 / 3, truth: 'no' },
  { name: 'half', locked: 1 / 2, truth: 'no' },
  { name: 'half, spinning', locked: 1 / 2, spins: true, truth: 'no' },
  { name: 'a third', locked: 1 / 3, truth: 'on the bound' },
  { name: 'parallel', locked: 0, truth: 'yes' },
];

/**
 * When the host makes work dearer: side by side, always or in spells of 20 to 500 ms; or all work, in one phase only, as
 * a program does that comes and goes on the other half of a physical core.
 */
const INFLATIONS = ['never', 'constant', 'spells', 'alone only', 'together only'] as const;
type Inflation = (typeof INFLATIONS)[number];

export interface SimulatedHost {
  readonly name: string;
  /** The speed of each core; there is a lane for each. */
  readonly cores: readonly number[];
  /** The core that one lane alone has; one by chance in every trial where it is left out. */
  readonly alone?: number;
  readonly inflation: Inflation;
  /** Whether lanes report when they computed, as those of the lab's kernel do; and their waits for a core, as on Linux alone. */
  readonly computing: boolean;
  readonly waits: boolean;
}

const equal = (count: number): number[] => Array.from({ length: count }, () => 1);

const FOUR_AND_FOUR = [1, 1, 1, 1, 0.4, 0.4, 0.4, 0.4];
const LARGER = [
  { name: '16 cores', cores: equal(16), alone: 0 },
  { name: '4 fast cores, 4 of 0.4', cores: FOUR_AND_FOUR, alone: 0 },
  { name: 'the same, one lane on any', cores: FOUR_AND_FOUR },
  { name: '2 fast cores, 6 of 0.3', cores: [...equal(2), ...equal(6).map(() => 0.3)], alone: 0 },
  { name: '8 fast cores, 8 of 0.6', cores: [...equal(8), ...equal(8).map(() => 0.6)], alone: 0 },
];

/** Two cores that make work dearer now and then; and more cores, of one speed or of two, as laptops have them. */
export const SIMULATED_HOSTS: readonly SimulatedHost[] = [
  ...INFLATIONS.flatMap((inflation) => {
    const name = inflation === 'never' ? '2 cores' : `2 cores, dearer: ${inflation}`;
    return [true, false].map((computing) => ({ name, cores: equal(2), alone: 0, inflation, computing, waits: true }));
  }),
  ...LARGER.flatMap((host) =>
    [true, false].flatMap((waits) =>
      [true, false].map((computing) => ({ ...host, inflation: 'never' as const, computing, waits })),
    ),
  ),
];

type PhaseName = 'alone' | 'together';

/** Steps of the simulated clock, ms. */
const STEP = 0.5;
/** The CPU clock of a thread is late by up to one of its steps, ms. */
const CPU_CLOCK_STEP = 4;

/** Measures a simulated job as the lab measures a real one: 5 to 20 trials, until they are enough. */
export function simulate(job: SimulatedJob, host: SimulatedHost, random: () => number): Speedup {
  const lanes = host.cores.length;
  const running = hostFor(host, 1.1 + 0.8 * random(), random);
  const alone = (): Phase => running.run(job, 'alone', 2, 1);
  const together = (): Phase => running.run(job, 'together', lanes, lanes);
  const trials: Trial[] = [];
  const speedup: Speedup = { lanes, cores: lanes, trials };
  do {
    if (trials.length % 2 === 0) {
      const first = alone();
      trials.push(compare(first, together(), lanes));
    } else {
      const first = together();
      trials.push(compare(alone(), first, lanes));
    }
  } while (trials.length < 5 || (trials.length < 20 && !isSettled(speedup)));
  return speedup;
}

interface Running {
  run(job: Pick<SimulatedJob, 'locked' | 'spins'>, phase: PhaseName, units: number, lanes: number): Phase;
}

function hostFor(
  { cores, alone, inflation, computing, waits }: SimulatedHost,
  factor: number,
  random: () => number,
): Running {
  let clock = 0;
  let spell = { dear: random() < 0.5, until: 0 };
  const isSpell = (): boolean => {
    while (clock >= spell.until) spell = { dear: !spell.dear, until: spell.until + 20 + 480 * random() };
    return spell.dear;
  };
  const costAt = (phase: PhaseName, running: number): number => {
    if (inflation === 'constant') return running > 1 ? factor : 1;
    if (inflation === 'spells') return running > 1 && isSpell() ? factor : 1;
    return inflation === `${phase} only` ? factor : 1;
  };
  return {
    run({ locked, spins }, phase, units, lanes) {
      const submitted = clock;
      const reports: LaneReport[] = [];
      const first = lanes === 1 ? (alone ?? Math.floor(cores.length * random())) : 0;
      for (let unit = 0; unit < units; unit += lanes) {
        const started = clock;
        const size = UNIT_MS * (0.99 + 0.02 * random());
        const states = Array.from({ length: lanes }, (_, core) => ({
          speed: cores[first + core]!,
          done: 0,
          cpu: 0,
          ended: 0,
          took: 0,
          spans: [] as Span[],
        }));
        while (states.some(({ ended }) => ended === 0)) {
          const holder = states.findIndex(({ done }) => done < locked * size);
          const working = states.filter(
            ({ done, ended }, lane) => ended === 0 && (done >= locked * size || lane === holder),
          );
          const waiting = states.filter((state) => state.ended === 0 && !working.includes(state));
          const cost = costAt(phase, working.length + (spins ? waiting.length : 0));
          for (const state of waiting) state.cpu += spins ? STEP : 0;
          for (const state of working) {
            state.cpu += STEP;
            state.done += (STEP * state.speed) / cost;
            state.took += STEP;
            extend(state.spans, clock, clock + STEP);
          }
          clock += STEP;
          for (const state of states) if (state.ended === 0 && state.done >= size) state.ended = clock;
        }
        for (const [lane, { cpu, ended, took, spans }] of states.entries()) {
          const late = CPU_CLOCK_STEP * (random() - 0.5);
          reports.push({
            lane: `${lane}`,
            started,
            ended,
            cpu: cpu + late,
            waited: waits ? 0 : undefined,
            waitedBefore: waits ? 0 : undefined,
            ...(computing && { computing: { took, spans } }),
          });
        }
        clock += 0.2 * random();
      }
      const busy = reports.reduce((sum, { cpu }) => sum + cpu, 0);
      const idle = Math.max(0, cores.length * (clock - submitted) - busy);
      return { units, submitted, finished: clock, reports, idle, busy };
    },
  };
}

type Span = [from: number, to: number];

function extend(spans: Span[], from: number, to: number): void {
  const last = spans.at(-1);
  if (last?.[1] === from) last[1] = to;
  else spans.push([from, to]);
}
