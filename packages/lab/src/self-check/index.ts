// The lab checks itself: jobs whose nature is known go through the instrument.

export { startNeighbours } from './neighbours.ts';
export { answerOf, examine, falseAnswers, JOBS, trust } from './self-check.ts';
export type { Answer, Tested } from './self-check.ts';
