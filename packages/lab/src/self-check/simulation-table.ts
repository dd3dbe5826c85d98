// The verdicts on simulated trials as a table: which hosts make the judging code err, and which make it abstain.

import { table } from '../show/terminal.ts';
import { seeded } from './random.ts';
import { answerOf } from './self-check.ts';
import { simulate, SIMULATED_HOSTS, SIMULATED_JOBS } from './simulation.ts';
import type { SimulatedHost, SimulatedJob } from './simulation.ts';

/** What came of so many verdicts on one job and one host, % of them. */
export interface Simulated {
  readonly false: number;
  readonly abstained: number;
}

/** Judges so many measurements; the work is 1.1 to 1.9 times as dear where the host makes it dearer. */
export function simulateVerdicts(job: SimulatedJob, host: SimulatedHost, count: number): Simulated {
  const random = seeded(7);
  const answers = Array.from({ length: count }, () => answerOf(simulate(job, host, random)));
  const percent = (answer: string): number => (100 * answers.filter((given) => given === answer).length) / count;
  const contrary = job.truth === 'yes' ? percent('no') : job.truth === 'no' ? percent('yes') : 0;
  return { false: contrary, abstained: percent('unclear') };
}

/** '3 / 20' is 3 % false, 20 % abstained. */
export function simulationTable(count = 200): string {
  const rows = SIMULATED_HOSTS.map((host) => ({
    host: host.name,
    reported: [...(host.computing ? ['computing'] : []), ...(host.waits ? ['waits'] : [])].join(', ') || 'nothing',
    ...Object.fromEntries(
      SIMULATED_JOBS.map((job) => {
        const { false: wrong, abstained } = simulateVerdicts(job, host, count);
        return [job.name, `${wrong.toFixed(0)} / ${abstained.toFixed(0)}`];
      }),
    ),
  }));
  return table(
    rows,
    SIMULATED_JOBS.map(({ name }) => name),
  );
}
