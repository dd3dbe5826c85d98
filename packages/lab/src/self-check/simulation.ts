// Trials of lanes whose nature is known, on a simulated host that makes work dearer now and then, through the code that
// judges real ones. What a real host seldom does, and not when asked, is tried here a thousand times a second.

import { compare } from '../speedup/speedup.ts';
import type { Speedup, Trial } from '../speedup/speedup.ts';
import type { Phase } from '../speedup/trial.ts';
import { isSettled } from '../speedup/verdict.ts';
import type { LaneReport } from '../task/probe.ts';
import { UNIT_MS } from '../task/workload.ts';

/** Two lanes; `locked` is the share of a unit that is done under a lock of both, its first part. */
export interface SimulatedJob {
  readonly name: string;
  readonly locked: number;
  /** Whether lanes burn CPU time while they wait for the lock. */
  readonly spins?: true;
  /** A third (Amdahl: 1.50x) lies on the bound: neither answer is false. */
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
export const INFLATIONS = ['never', 'constant', 'spells', 'alone only', 'together only'] as const;
export type Inflation = (typeof INFLATIONS)[number];

type PhaseName = 'alone' | 'together';

/** Steps of the simulated clock, ms. */
const STEP = 0.5;
/** The CPU clock of a thread is late by up to one of its steps, ms. */
const CPU_CLOCK_STEP = 4;

/**
 * Measures a simulated job as the lab measures a real one: 5 to 20 trials, until they are enough.
 *
 * @param reporting whether lanes report their computing, as those of the lab's kernel do
 */
export function simulate(job: SimulatedJob, inflation: Inflation, reporting: boolean, random: () => number): Speedup {
  const host = simulatedHost(inflation, 1.1 + 0.8 * random(), reporting, random);
  const alone = (): Phase => host.run(job, 'alone', 2, 1);
  const together = (): Phase => host.run(job, 'together', 2, 2);
  const trials: Trial[] = [];
  const speedup: Speedup = { lanes: 2, cores: 2, trials };
  do {
    if (trials.length % 2 === 0) {
      const first = alone();
      trials.push(compare(first, together(), 2));
    } else {
      const first = together();
      trials.push(compare(alone(), first, 2));
    }
  } while (trials.length < 5 || (trials.length < 20 && !isSettled(speedup)));
  return speedup;
}

interface SimulatedHost {
  run(job: Pick<SimulatedJob, 'locked' | 'spins'>, phase: PhaseName, units: number, lanes: number): Phase;
}

function simulatedHost(kind: Inflation, factor: number, reporting: boolean, random: () => number): SimulatedHost {
  let clock = 0;
  let spell = { dear: random() < 0.5, until: 0 };
  const isSpell = (): boolean => {
    while (clock >= spell.until) spell = { dear: !spell.dear, until: spell.until + 20 + 480 * random() };
    return spell.dear;
  };
  const costAt = (phase: PhaseName, running: number): number => {
    if (kind === 'constant') return running > 1 ? factor : 1;
    if (kind === 'spells') return running > 1 && isSpell() ? factor : 1;
    return kind === `${phase} only` ? factor : 1;
  };
  return {
    run({ locked, spins }, phase, units, lanes) {
      const submitted = clock;
      const reports: LaneReport[] = [];
      for (let unit = 0; unit < units; unit += lanes) {
        const started = clock;
        const size = UNIT_MS * (0.99 + 0.02 * random());
        const states = Array.from({ length: lanes }, () => ({
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
            state.done += STEP / cost;
            state.took += STEP;
            extend(state.spans, clock, clock + STEP);
          }
          clock += STEP;
          for (const state of states) if (state.ended === 0 && state.done >= size) state.ended = clock;
        }
        for (const [lane, { cpu, ended, took, spans }] of states.entries()) {
          const late = CPU_CLOCK_STEP * (random() - 0.5);
          const computing = reporting && { computing: { took, spans } };
          reports.push({ lane: `${lane}`, started, ended, cpu: cpu + late, waited: 0, waitedBefore: 0, ...computing });
        }
        clock += 0.2 * random();
      }
      return { units, submitted, finished: clock, reports, idle: 0, busy: 0 };
    },
  };
}

type Span = [from: number, to: number];

function extend(spans: Span[], from: number, to: number): void {
  const last = spans.at(-1);
  if (last?.[1] === from) last[1] = to;
  else spans.push([from, to]);
}
