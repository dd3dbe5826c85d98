import { expect, test } from 'vitest';
import { waitingTime } from '../../src/task/clock.ts';
import { computing, noteComputing } from '../../src/task/spans.ts';

function compute(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('only pieces of computing count: waits between them are no part of a span', ({ skip }) => {
  if (waitingTime() === undefined) skip('this system does not say how long a thread waits for a core');
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  const start = performance.now();
  const noted = noteComputing(() => {
    for (const pieces of [3, 2]) {
      const computed = computing();
      for (let piece = 0; piece < pieces; piece++) {
        compute(2);
        computed();
      }
      Atomics.wait(nothing, 0, 0, 200);
    }
  })!;
  expect(noted.took).toBeGreaterThan(5);
  expect(noted.took).toBeLessThan(performance.now() - start - 400);
  const inSpans = noted.spans.reduce((sum, [from, to]) => sum + to - from, 0);
  expect(inSpans).toBeLessThanOrEqual(noted.took + 0.001);
  // The second loop began at least 200 ms after the end of the first.
  for (const [from, to] of noted.spans) expect(to - from).toBeLessThan(200);
});

test('work that marks no pieces reports none, and computing outside of it is not noted', () => {
  expect(noteComputing(() => compute(1))).toBeUndefined();
  const computed = computing();
  computed();
  expect(noteComputing(() => {})).toBeUndefined();
});

test('an error of the work passes through, and ends the noting', () => {
  expect(() =>
    noteComputing(() => {
      throw new Error('the work failed');
    }),
  ).toThrow('the work failed');
  const computed = computing();
  compute(1);
  computed();
  expect(noteComputing(() => {})).toBeUndefined();
});
