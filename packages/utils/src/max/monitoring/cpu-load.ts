// The peak load of this machine's CPU, watched for a while by a thread of its own.

import { setTimeout as sleep } from 'node:timers/promises';
import type { CoreSample } from '@cookbook/lab/claim';
import { watchCores } from '@cookbook/lab/host';
import type { CoreWatch } from '@cookbook/lab/host';
import { argmax } from '../extremes/iterables.ts';
import { peaks } from './peaks.ts';

/** How long the cores are watched, and which loads are peaks. */
export interface LiveOptions {
  readonly seconds: number;
  /** Seconds before and after a peak without a higher load. */
  readonly window: number;
  /** The least load that is a peak: from 0 to 1, of all cores. */
  readonly threshold: number;
  readonly onSample?: (samples: readonly CoreSample[]) => void;
  /** Samples the cores; the lab's function where it is left out. */
  readonly watch?: (onSample: (sample: CoreSample) => void) => Promise<Pick<CoreWatch, 'stop'>>;
}

/** A load from 0 to 1 of all cores together, and when it was seen. */
export interface Load {
  readonly load: number;
  /** Seconds since the first sample was begun. */
  readonly after: number;
  readonly date: Date;
}

/** What a watch has seen. */
export interface LivePeak {
  readonly samples: readonly CoreSample[];
  readonly cores: number;
  readonly peak: Load;
  /** Every load from the threshold up that is the highest of a window before and after. */
  readonly peaks: readonly Load[];
}

/**
 * Watches the cores.
 *
 * @throws Error where the system does not report the load of its cores
 */
export async function watchLoad({
  seconds,
  window,
  threshold,
  onSample,
  watch = watchCores,
}: LiveOptions): Promise<LivePeak> {
  const seen: CoreSample[] = [];
  const begin = Date.now();
  const watching = await watch((sample) => {
    seen.push(sample);
    onSample?.(seen);
  });
  await sleep(seconds * 1_000);
  const samples = await watching.stop();
  const cores = samples[0]?.loads.length ?? 0;
  if (cores === 0) throw new Error('Expected this system to report the load of its cores, got none');

  const start = samples[0]!.at;
  const loads = samples.map(({ at, loads: each }) => ({
    at: (at - start) / 1_000,
    value: each.reduce((sum, load) => sum + load, 0) / cores,
  }));
  const toLoad = ({ at, value }: { at: number; value: number }): Load => ({
    load: value,
    after: at,
    date: new Date(begin + at * 1_000),
  });
  const found = await Array.fromAsync(peaks(loads, { window, threshold }));
  return {
    samples,
    cores,
    peak: toLoad(loads[argmax(loads, { key: ({ value }) => value })]!),
    peaks: found.map(toLoad),
  };
}
