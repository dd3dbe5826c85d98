// The lab checks itself: jobs whose nature is known go through the instrument.

export { JOBS } from './jobs.ts';
export type { Job } from './jobs.ts';
export { KINDS, startNeighbours } from './neighbours.ts';
export type { Kind } from './neighbours.ts';
export { answerOf, examine, falseAnswers, isFalse, trust } from './self-check.ts';
export type { Answer, Tested } from './self-check.ts';
