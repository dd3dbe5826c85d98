// The judging code on simulated hosts: no verdict of it is false, whatever the host does to the work meanwhile.

import { describe, expect, test } from 'vitest';
import { simulateVerdicts } from '../../src/self-check/simulation-table.ts';
import { INFLATIONS, SIMULATED_JOBS } from '../../src/self-check/simulation.ts';

describe.each(INFLATIONS)('work that is dearer: %s', (inflation) => {
  test.each(SIMULATED_JOBS)('lanes that report their computing, $name', (job) => {
    expect(simulateVerdicts(job, inflation, true, 40).false).toBe(0);
  });

  // What burns CPU time beside its work hides by it that the one lane was slowed: that is the README's to say.
  const clear = SIMULATED_JOBS.filter(({ spins }) => !spins || inflation !== 'alone only');
  test.each(clear)('lanes that do not, $name', (job) => {
    expect(simulateVerdicts(job, inflation, false, 40).false).toBe(0);
  });
});

test('on a host that leaves work as it is only what lies on the bound is undecided', () => {
  for (const job of SIMULATED_JOBS.filter(({ truth }) => truth !== 'on the bound')) {
    expect(simulateVerdicts(job, 'never', true, 40), job.name).toEqual({ false: 0, abstained: 0 });
  }
});
