/// <reference lib="dom" />
// What the Web Worker runs: the work, once, and its answer back.

import { countPrimes } from './work.ts';

addEventListener('message', ({ data }: MessageEvent<number>) => postMessage(countPrimes(0, data)));
