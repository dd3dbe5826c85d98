import { Worker } from 'node:worker_threads';
import type { CoreSample } from '@cookbook/lab/claim';
import { expect, onTestFinished, test } from 'vitest';
import { drawLive, liveToJson } from '../../src/max/cli/draw-live.ts';
import { watchLoad } from '../../src/max/monitoring/cpu-load.ts';

const options = { seconds: 0.01, window: 1, threshold: 0.5 };

/** A watch that has seen these loads of two cores, half a second apart. */
const saw = (loads: readonly (readonly [number, number])[]) => async (onSample: (sample: CoreSample) => void) => {
  const samples = loads.map((each, index) => ({ at: 5_000 + 500 * index, loads: each }));
  for (const sample of samples) onSample(sample);
  return { stop: async () => samples };
};

// prettier-ignore
const watch = saw([[0, 0.2], [1, 0.8], [1, 1], [0.4, 0.2], [0, 0], [0, 0], [0.9, 0.3], [0, 0]]);

test('the peak is the highest load of all cores, and its time', async () => {
  const { peak, cores } = await watchLoad({ ...options, watch });
  expect(cores).toBe(2);
  expect({ load: peak.load, after: peak.after }).toEqual({ load: 1, after: 1 });
});

test('peaks are a window apart and from the threshold up', async () => {
  const peaksOf = async (changes: Partial<typeof options>) => {
    const { peaks } = await watchLoad({ ...options, ...changes, watch });
    return peaks.map(({ load, after }) => ({ load, after }));
  };
  expect(await peaksOf({})).toEqual([
    { load: 1, after: 1 },
    { load: 0.6, after: 3 },
  ]);
  expect(await peaksOf({ threshold: 0.7 })).toEqual([{ load: 1, after: 1 }]);
  expect(await peaksOf({ window: 2 })).toEqual([{ load: 1, after: 1 }]);
});

test('it is drawn with a line for all cores and one for each, and printed as JSON', async () => {
  const found = await watchLoad({ ...options, watch });
  const lines = drawLive(found, options, 100).split('\n');
  expect(lines[0]).toMatch(/^peak load 100 % of 2 cores, 1\.0 s after the start, at \d{4}-.*Z$/);
  expect(lines[1]).toBe('all          ▁██▃▁▁▅▁');
  expect(lines[2]).toBe('core 0       ▁██▄▁▁█▁ 41 %');
  expect(lines[4]).toBe('2 peaks from 50 % up, 1 s or more apart');
  expect(lines).toHaveLength(7);
  expect(JSON.parse(liveToJson(found))).toMatchObject({
    cores: 2,
    peak: { load: 1, after: 1 },
    peaks: [{ after: 1 }, { after: 3 }],
    samples: expect.arrayContaining([{ after: 0.5, loads: [1, 0.8] }]),
  });
});

test('a system that does not report the load of its cores is an error', async () => {
  const silent = async () => ({ stop: async () => [{ at: 0, loads: [] }] });
  await expect(watchLoad({ ...options, watch: silent })).rejects.toThrow(
    'Expected this system to report the load of its cores, got none',
  );
});

test('a thread that spins is seen', async () => {
  const spin = new Worker('for (;;);', { eval: true });
  onTestFinished(async () => void (await spin.terminate()));
  const { peak, cores, samples } = await watchLoad({ ...options, seconds: 0.8 });
  expect(peak.load * cores).toBeGreaterThan(0.7);
  expect(samples.length).toBeGreaterThan(3);
});
