// The largest value: of arrays, typed arrays and iterables, of streams, of shared memory by several threads, and the
// peaks of monitoring data.

export { argmax, extent, max, min } from './extremes/iterables.ts';
export type { Comparable, KeyOptions, MaxOptions, NanPolicy } from './extremes/options.ts';
export { doubles } from './kernels/simd.ts';
export { MaxThreads, maxParallel } from './parallel/max-threads.ts';
export type { MaxThreadsOptions } from './parallel/max-threads.ts';
export { peaks, rollingMax } from './monitoring/peaks.ts';
export type { PeaksOptions, RollingOptions, Sample } from './monitoring/peaks.ts';
export { argmaxAsync, extentAsync, maxAsync, minAsync } from './extremes/streams.ts';
