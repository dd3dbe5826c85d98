// What the lab says, under the limits of this process, of the jobs of the self-check that are named as arguments. One line of
// JSON a job.

import { readHost } from '../host/host.ts';
import { JOBS } from '../self-check/jobs.ts';
import { answerOf, examine } from '../self-check/self-check.ts';
import { describeHost } from '../show/wording.ts';
import { parallel } from '../speedup/parallel.ts';

/** One verdict. */
export interface Said {
  readonly job: string;
  readonly parallel: (typeof JOBS)[number]['parallel'];
  readonly answer: 'yes' | 'no' | 'unclear';
  readonly verdict: string;
  readonly qualifier?: string;
  readonly reason?: string;
  /** Cores that the lab takes to be usable, and the quota that it knows of. */
  readonly cores: number;
  readonly quota?: number;
  readonly host: string;
}

const host = await readHost();
const context = { budget: 10_000, signal: new AbortController().signal };
for (const job of JOBS.filter(({ name }) => process.argv.includes(name))) {
  const speedup = await examine(job, context);
  const said: Said = {
    job: job.name,
    parallel: job.parallel,
    answer: answerOf(speedup),
    ...parallel('lanes', 'two lanes', speedup).judgement!,
    cores: host.cores,
    ...(host.quota !== undefined && { quota: host.quota }),
    host: describeHost(host),
  };
  console.log(JSON.stringify(said));
}
