import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { unlessBusy, watchLoad } from '../../src/host/busy-host.ts';

const refuted = { verdict: 'refuted', reason: 'too slow' } as const;
const holds = { verdict: 'holds' } as const;

test('a refutation stands where the machine had a core to spare, or does not say', () => {
  expect(unlessBusy(refuted, 0.5)).toBe(refuted);
  expect(unlessBusy(refuted, undefined)).toBe(refuted);
});

test('a refutation on a machine without a free core is inconclusive, and says so', () => {
  const reason = 'too slow; the cores were 97 % busy meanwhile';
  expect(unlessBusy(refuted, 0.97)).toEqual({ verdict: 'inconclusive', reason });
});

test('what holds on a busy machine holds', () => {
  expect(unlessBusy(holds, 1)).toBe(holds);
});

test.runIf(process.platform === 'linux')('a core that computes is seen', async () => {
  const loadSince = watchLoad();
  for (const end = performance.now() + 300; performance.now() < end;);
  await sleep(10);
  const load = loadSince()!;
  expect(load).toBeGreaterThan(0);
  expect(load).toBeLessThanOrEqual(1);
});
