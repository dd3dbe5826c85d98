// The largest value: of arrays, typed arrays and iterables, of streams, of shared memory by several threads, and the
// peaks of monitoring data.

export { argmax, extent, max, min } from './extremes.ts';
export type { Comparable, KeyOptions, MaxOptions, NanPolicy } from './options.ts';
export { MaxThreads, maxParallel } from './parallel.ts';
export type { MaxThreadsOptions } from './parallel.ts';
export { peaks, rollingMax } from './peaks.ts';
export type { PeaksOptions, RollingOptions, Sample } from './peaks.ts';
export { argmaxAsync, extentAsync, maxAsync, minAsync } from './streams.ts';
