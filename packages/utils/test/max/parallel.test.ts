import fc from 'fast-check';
import { expect, test } from 'vitest';
import { max, MaxThreads, maxParallel } from '../../src/max/index.ts';
import { threadFigures } from '../../src/max/proof/threads-taking-part.ts';

function shared(values: ArrayLike<number>): Float64Array {
  const memory = new Float64Array(new SharedArrayBuffer(values.length * Float64Array.BYTES_PER_ELEMENT));
  memory.set(values);
  return memory;
}

const zeros = (length: number): Float64Array => shared(new Float64Array(length));

test('any number of threads finds what one call finds, to the bit', async () => {
  await using one = new MaxThreads({ threads: 1 });
  await using two = new MaxThreads({ threads: 2 });
  await using three = new MaxThreads({ threads: 3 });
  // Three parts and a bit, so that every thread may get one.
  const values = zeros(400_000);
  const special = fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1, -1);
  const places = fc.array(fc.tuple(fc.nat({ max: values.length - 1 }), special), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(places, fc.constantFrom(-0, -Infinity, NaN, -5), async (changes, background) => {
      values.fill(background);
      for (const [place, value] of changes) values[place] = value;
      for (const options of [{}, { nan: 'ignore', default: 'none' } as const]) {
        const expected = max(values, options);
        for (const lanes of [one, two, three]) expect(await lanes.max(values, options)).toBe(expected);
      }
    }),
    { numRuns: 15 },
  );
});

test('the index of the first NaN is returned, whichever thread met it', async () => {
  await using lanes = new MaxThreads({ threads: 2 });
  const values = zeros(500_000);
  values[300_001] = values[499_999] = NaN;
  await expect(lanes.max(values, { nan: 'throw' })).rejects.toThrow('Expected no NaN, got one at index 300001');
});

test.each([100_001, 2 * 8 * 1_048_576 + 1])(
  'of %i the largest is found in the last part, the shortest',
  async (length) => {
    const values = zeros(length);
    values[length - 1] = 1;
    expect(await maxParallel(values, { threads: 2 })).toBe(1);
  },
);

test('the thread that calls goes on meanwhile where there is much to do', async () => {
  await using lanes = new MaxThreads({ threads: 1 });
  const values = zeros(4_000_000);
  await lanes.max(values);
  let turns = 0;
  const turn = (): void => {
    turns += 1;
    timer = setImmediate(turn);
  };
  let timer = setImmediate(turn);
  await lanes.max(values);
  clearImmediate(timer);
  expect(turns).toBeGreaterThan(2);
});

test('as many threads as asked for are started, and each of them takes part', async () => {
  const figures = await threadFigures(zeros(8_000_000), 3);
  expect(figures.map(({ key, median }) => [key, median])).toEqual([
    ['threads-started', 3],
    ['threads-taking-part', 3],
  ]);
});

test('calls may overlap', async () => {
  await using lanes = new MaxThreads({ threads: 2 });
  const inputs = Array.from({ length: 8 }, (_, n) => shared([n, 2 * n, -n]));
  expect(await Promise.all(inputs.map((values) => lanes.max(values)))).toEqual(inputs.map((_, n) => 2 * n));
});

test('few values start no thread where the number is left to the size', async () => {
  const lanes = new MaxThreads();
  expect(await lanes.max(shared([3, 5, 4]))).toBe(5);
  expect(process.getActiveResourcesInfo().filter((name) => name === 'MessagePort' || name === 'Worker')).toEqual([]);
  await lanes[Symbol.asyncDispose]();
});

test('threads that were disposed of answer nothing more, and a call under way is rejected', async () => {
  const lanes = new MaxThreads({ threads: 1 });
  const gone = 'Expected the threads to be open, they are disposed of';
  const call = lanes.max(zeros(4_000_000)).catch((error: Error) => error.message);
  await lanes[Symbol.asyncDispose]();
  expect(await call).toBe(gone);
  await expect(lanes.max(shared([1]))).rejects.toThrow(gone);
});

test('wrong input is refused in one line', async () => {
  await expect(maxParallel(new Float64Array(3))).rejects.toThrow(
    'Expected `values` to be a Float64Array on a SharedArrayBuffer',
  );
  await expect(maxParallel(shared([]))).rejects.toThrow('Expected at least one value, got none');
  expect(await maxParallel(shared([]), { default: 0, threads: 2 })).toBe(0);
  expect(() => new MaxThreads({ threads: 0 })).toThrow(
    "Expected `threads` to be 'auto' or an integer from 1 up, got 0",
  );
});
