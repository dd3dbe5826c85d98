// The instrument with known answers, alone and beside a busy neighbour. This is what makes its verdicts worth reading.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { medianInterval } from '../../src/claim/interval.ts';
import { CONTENDED_SHARE } from '../../src/claim/judge.ts';
import { startNeighbours } from '../../src/self-check/neighbours.ts';
import { JOBS } from '../../src/self-check/jobs.ts';
import type { Job } from '../../src/self-check/jobs.ts';
import { answerOf, examine, isFalse, trust } from '../../src/self-check/self-check.ts';
import type { Speedup } from '../../src/speedup/speedup.ts';
import { judgeParallel } from '../../src/speedup/verdict.ts';

const context = { budget: 5_000, signal: new AbortController().signal };

function jobOf(name: string): Job {
  return JOBS.find((candidate) => candidate.name === name)!;
}

function potential({ trials }: Speedup): number {
  return medianInterval(trials.flatMap((trial) => trial.potential ?? trial.observed)).median;
}

/** Whatever the machine is busy with, the answer is right or there is none. */
function expectTruth(job: Job, speedup: Speedup): void {
  const answer = answerOf(speedup);
  expect(isFalse(job, answer), `${answer}: ${judgeParallel(speedup).reason}`).toBe(false);
}

/** What a job's speedup must show beyond a true verdict, where lanes seldom wait for a core. */
const SIGNS: Readonly<Record<string, (speedup: Speedup) => void>> = {
  'half of it under a mutex': (speedup) => {
    expect(potential(speedup), 'Amdahl: 1 / (1/2 + 1/4)').toBeGreaterThan(1.1);
    expect(potential(speedup)).toBeLessThan(1.5);
  },
  'a spin lock': ({ trials }) => {
    expect(medianInterval(trials.map(({ cpuRatio }) => cpuRatio)).median, 'CPU time burnt').toBeGreaterThan(1.13);
  },
};

/** One of each nature: the command of the lab goes through all of them. */
const TRIED = JOBS.filter(({ name }) => !/spin|third|50 us|bound/.test(name)).concat(jobOf('a spin lock'));

describe('on the machine as it is', () => {
  const unclearOnFreeCores: string[] = [];

  test.each(TRIED)('$name: parallel $parallel', async (candidate) => {
    const speedup = await examine(candidate, { ...context, budget: 2_500 });
    const waiting = medianInterval(speedup.trials.map(({ waitingShare = 0 }) => waitingShare)).median;
    if (answerOf(speedup) === 'unclear' && waiting < 0.05) unclearOnFreeCores.push(candidate.name);
    expectTruth(candidate, speedup);
    if (waiting < CONTENDED_SHARE) SIGNS[candidate.name]?.(speedup);
  });

  test('the instrument abstains seldom where cores are free: one that says nothing is never wrong', () => {
    expect(unclearOnFreeCores.length, unclearOnFreeCores.join()).toBeLessThanOrEqual(2);
  });
});

describe('beside a busy neighbour', () => {
  let neighbours: Awaited<ReturnType<typeof startNeighbours>>;
  beforeAll(async () => {
    neighbours = await startNeighbours(1);
  });
  afterAll(() => neighbours.stop());

  test.each(['worker threads', 'async tasks', 'a mutex around everything', 'a spin lock'].map(jobOf))(
    '$name: parallel $parallel',
    async (candidate) => {
      expectTruth(candidate, await examine(candidate, { ...context, budget: 2_500 }));
    },
  );
});

test('trust counts false verdicts and leaves abstentions out', () => {
  const tested = [
    { job: jobOf('worker threads'), answers: ['yes', 'yes', 'unclear', 'no'] as const, potentials: [] },
    { job: jobOf('async tasks'), answers: ['no', 'no', 'no', 'yes'] as const, potentials: [] },
  ];
  expect(trust(tested)).toMatchObject({ verdicts: 7, wrong: 2, unclear: 1 });
});
