// This machine and the programs on it.

export { descendants, goneAfter, isAlive } from './alive.ts';
export { unlessBusy, watchLoad } from './busy-host.ts';
export { coresPlot, SAMPLE_MS, watchCores } from './cores.ts';
export type { CoreWatch } from './cores.ts';
export { measureEventLoopDelay } from './event-loop-delay.ts';
export type { LoopDelay } from './event-loop-delay.ts';
export { cpuQuota, readCoreTimes, readHost, usableCores } from './host.ts';
export type { CoreTimes, Host, Parallelism } from './host.ts';
export { measure } from './measure.ts';
export type { Run } from './measure.ts';
