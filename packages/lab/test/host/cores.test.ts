import { MessageChannel } from 'node:worker_threads';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { CoreSample } from '../../src/claim/plot.ts';
import { coresPlot, sampleCores, watchCores } from '../../src/host/cores.ts';
import { readCoreTimes } from '../../src/host/host.ts';

test('the watch goes on while this thread computes', async () => {
  const watch = await watchCores();
  const end = performance.now() + 450;
  while (performance.now() < end); // this thread, and its event loop, are busy
  const samples = await watch.stop();
  expect(samples.length).toBeGreaterThanOrEqual(3);
  expect(samples.every(({ loads }) => loads.length === readCoreTimes().length)).toBe(true);
  const busiest = Math.max(...samples.flatMap(({ loads }) => loads));
  expect(busiest, 'the core that this thread ran on').toBeGreaterThan(0.5);
});

test('watching costs less than 1 % of a core', async () => {
  const watch = await watchCores();
  await sleep(4_000); // CPU clocks step by up to 10 ms, which are 1 % of a second
  const cost = await watch.cost();
  await watch.stop();
  expect(cost).toBeLessThan(0.01);
});

test.each([
  { name: 'busy all the time', from: { idle: 100, busy: 100 }, to: { idle: 100, busy: 200 }, load: 1 },
  { name: 'idle all the time', from: { idle: 100, busy: 100 }, to: { idle: 200, busy: 100 }, load: 0 },
  { name: 'busy a quarter', from: { idle: 0, busy: 0 }, to: { idle: 75, busy: 25 }, load: 0.25 },
  { name: 'unmoved', from: { idle: 5, busy: 5 }, to: { idle: 5, busy: 5 }, load: 0 },
])('a core that was $name has a load of $load', async ({ from, to, load }) => {
  expect((await firstSample([[from], [to]])).loads).toEqual([load]);
});

test('a system that reports nothing has samples without loads', async () => {
  expect((await firstSample([[], []])).loads).toEqual([]);
});

/** The first sample from readings in order. */
async function firstSample(readings: { idle: number; busy: number }[][]): Promise<CoreSample> {
  const { port1, port2 } = new MessageChannel();
  const { promise, resolve } = Promise.withResolvers<CoreSample>();
  port2.on('message', (message: 'ready' | CoreSample) => message !== 'ready' && resolve(message));
  sampleCores(port1, 10, () => readings.shift() ?? readings.at(-1) ?? []);
  const sample = await promise;
  port2.postMessage('stop');
  port2.close();
  return sample;
}

test('the load of cores is counted from the start of each row', () => {
  const samples = [{ at: 1_100.4, loads: [0.123, 1] }];
  expect(coresPlot('Cores', [{ name: 'threads', start: 1_000, samples }]).rows).toEqual([
    { name: 'threads', samples: [{ at: 100, loads: [0.12, 1] }] },
  ]);
});
