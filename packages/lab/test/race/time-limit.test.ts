import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { within } from '../../src/race/time-limit.ts';

test('work that ends in time gives its result, or its error', async () => {
  expect(await within(sleep(1, 'done'), 5_000, 'the work')).toBe('done');
  await expect(within(Promise.reject(new Error('broken')), 5_000, 'the work')).rejects.toThrow('broken');
});

test('work that does not end rejects with its name and the limit', async () => {
  await expect(within(new Promise(() => {}), 5, 'the counting')).rejects.toThrow(
    'Expected the counting to end within 5 ms, it did not',
  );
});

test('no timer is left behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  await within(Promise.resolve(), 60_000, 'the work');
  expect(timers()).toBe(before);
});
