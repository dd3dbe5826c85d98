// Trials of the self-check beside a load of 16 on two cores, by which the judging once gave a false verdict.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { JOBS } from '../../src/self-check/jobs.ts';
import { answerOf, isFalse } from '../../src/self-check/self-check.ts';
import type { Speedup } from '../../src/speedup/speedup.ts';

interface Recorded {
  readonly job: string;
  readonly speedup: Speedup;
}

const recorded = JSON.parse(
  readFileSync(new URL('../fixtures/crowded-trials.json', import.meta.url), 'utf8'),
) as Recorded[];

test.each(recorded)('$job: no false verdict', ({ job, speedup }) => {
  const nature = JOBS.find(({ name }) => name === job)!;
  expect(isFalse(nature, answerOf(speedup))).toBe(false);
});
