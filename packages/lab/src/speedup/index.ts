// How much faster several lanes are than one, measured and judged.

export { comparePairs, ratioFigure } from './compare.ts';
export type { Comparison } from './compare.ts';
export { asyncLanes, forkLanes, lanesOf, unitTask, workerLanes } from './lane.ts';
export type { Lane, Lanes, OpenLanes } from './lane.ts';
export { measureParallel, parallel, serial, speedupFigures } from './parallel.ts';
export { isSerialSettled, judgeSerial, measureSerial, SERIAL_MOST } from './serial.ts';
export { compare, measureSpeedup } from './speedup.ts';
export type { Speedup, SpeedupOptions, Trial } from './speedup.ts';
export { laneCounts, measureSweep, parallelSweep, sweepPlot } from './sweep.ts';
export type { Sweep } from './sweep.ts';
export { cpuTime, runPhase, waitingTimeOf, warmUp } from './trial.ts';
export type { Phase } from './trial.ts';
export { isSettled, judgeParallel, judgeWork, tellingTrials } from './verdict.ts';
