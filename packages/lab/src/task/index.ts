// What a thread or process that is measured loads, and no more.

export { meet } from './barrier.ts';
export { now, timed, waitingTime } from './clock.ts';
export { Occupancy, OCCUPANCY_WORDS } from './occupancy.ts';
export { probe } from './probe.ts';
export { computing } from './spans.ts';
export type { LaneReport } from './probe.ts';
export { calibrate, checkAnswer, countPrimes, longestCollatz, runUnit, UNIT_MS } from './workload.ts';
export type { KernelName, Unit } from './workload.ts';
