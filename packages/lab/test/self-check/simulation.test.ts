// The judging code on simulated hosts: no verdict of it is false, whatever the host does to the work meanwhile.

import { describe, expect, test } from 'vitest';
import { simulateVerdicts } from '../../src/self-check/simulation-table.ts';
import { SIMULATED_HOSTS, SIMULATED_JOBS } from '../../src/self-check/simulation.ts';

describe.each(SIMULATED_HOSTS)('$name (lanes report computing: $computing, waits: $waits)', (host) => {
  // What burns CPU time beside its work hides by it that the one lane was slowed: that is the README's to say.
  const hidden = !host.computing && host.inflation === 'alone only';
  const count = host.cores.length > 2 ? 5 : 40;
  test.each(SIMULATED_JOBS.filter(({ spins }) => !spins || !hidden))('$name', (job) => {
    expect(simulateVerdicts(job, host, count).false).toBe(0);
  });
});

describe.each(SIMULATED_HOSTS.filter(({ computing, inflation }) => computing && inflation === 'never'))(
  'on $name, which leaves work as it is (waits: $waits), only what lies on the bound is undecided',
  (host) => {
    test.each(SIMULATED_JOBS.filter(({ truth }) => truth !== 'on the bound'))('$name', (job) => {
      expect(simulateVerdicts(job, host, 5)).toEqual({ false: 0, abstained: 0 });
    });
  },
);
