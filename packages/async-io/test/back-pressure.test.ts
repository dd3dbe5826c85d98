import { getEventListeners } from 'node:events';
import { PassThrough, Readable, Writable } from 'node:stream';
import { setImmediate as turnOfTheLoop, setTimeout as sleep } from 'node:timers/promises';
import { keepsBound } from '@cookbook/lab/claim';
import { darkScreen } from '@cookbook/lab/claim';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bufferBothWays, mapBothWays, memoryLack, transfer } from '../src/back-pressure/proof/transfers.ts';
import { mapOrdered } from '../src/back-pressure/map-ordered.ts';
import { copy, copyByData, copyMapped } from '../src/back-pressure/recipe.ts';

const reason = new Error('the client went away');
const THROWN = [undefined, null, 0, 'a string', { code: 7 }, new Error('no 5')];

/** Numbers from 0 on, and how far they were read, and whether the source was closed. */
function numbers(count = Infinity) {
  const seen = { read: 0, closed: false };
  const source = (async function* () {
    try {
      while (seen.read < count) yield seen.read++;
    } finally {
      await turnOfTheLoop(); // to close takes a moment
      seen.closed = true;
    }
  })();
  return { seen, source };
}

/** Work that waits for a turn of the loop or more, and how much of it is under way. */
function working(act: (number: number) => unknown = () => {}) {
  const seen = { running: 0, most: 0, begun: 0 };
  const work = async (number: number, signal: AbortSignal): Promise<number> => {
    seen.begun++;
    seen.most = Math.max(seen.most, ++seen.running);
    try {
      await sleep(number % 3, undefined, { signal });
      await act(number);
      return 2 * number;
    } finally {
      await turnOfTheLoop();
      seen.running--;
    }
  };
  return { seen, work };
}

async function collect<T>(outputs: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const output of outputs) all.push(output);
  return all;
}

const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => ({ error }),
  );

describe('an ordered map', () => {
  test('in whatever order works end: outputs in the order of inputs, never more at once than allowed, none read further ahead', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(30), fc.integer({ min: 1, max: 6 }), async (s, count, concurrency) => {
        const { seen, source } = numbers(count);
        let [running, most, taken, ahead] = [0, 0, 0, 0];
        const outputs = (async () => {
          const all: number[] = [];
          const work = async (number: number): Promise<number> => {
            most = Math.max(most, ++running);
            ahead = Math.max(ahead, seen.read - taken);
            await s.schedule(Promise.resolve());
            running--;
            return 2 * number;
          };
          for await (const output of mapOrdered(source, concurrency, work)) {
            all.push(output);
            await s.schedule(Promise.resolve());
            taken++;
          }
          return all;
        })();
        await s.waitFor(outputs);
        expect(await outputs).toEqual(Array.from({ length: count }, (_, number) => 2 * number));
        expect(most).toBeLessThanOrEqual(Math.min(count, concurrency));
        expect(ahead).toBeLessThanOrEqual(concurrency);
        expect(seen.closed).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('as many as allowed are in work at once', async () => {
    const { seen, work } = working();
    expect(await collect(mapOrdered(numbers(40).source, 5, work))).toHaveLength(40);
    expect(seen.most).toBe(5);
  });

  test('nothing is read before the first output is asked for, and nothing more while the consumer rests', async () => {
    const { seen, source } = numbers();
    const outputs = mapOrdered(source, 3, (number) => number);
    await sleep(5);
    expect(seen.read).toBe(0);
    await outputs.next();
    await sleep(5);
    expect(seen.read).toBe(3);
    await outputs.next();
    await sleep(5);
    expect(seen.read).toBe(4);
    await outputs.return();
    expect(seen.closed).toBe(true);
  });

  test('an output does not wait for an input that is still to come', async () => {
    const source = new PassThrough({ objectMode: true });
    const outputs = mapOrdered(source, 4, (text: string) => text.toUpperCase());
    source.write('a');
    expect(await outputs.next()).toEqual({ done: false, value: 'A' });
    source.end('b');
    expect(await collect(outputs)).toEqual(['B']);
  });

  test('arrays are sources too, and an empty one has no outputs', async () => {
    expect(await collect(mapOrdered([3, 1, 2], 2, working().work))).toEqual([6, 2, 4]);
    expect(await collect(mapOrdered([], 2, working().work))).toEqual([]);
  });

  test.each(THROWN.map((thrown) => ({ thrown })))(
    '$thrown arrives as it was thrown; nothing is under way then, nothing more begins, and the source is closed',
    async ({ thrown }) => {
      const { seen: source, source: inputs } = numbers();
      const { seen, work } = working((number) => {
        // oxlint-disable-next-line typescript/only-throw-error -- whatever is thrown has to arrive
        if (number === 5) throw thrown;
      });
      expect(await outcome(collect(mapOrdered(inputs, 3, work)))).toEqual({ error: thrown });
      expect([seen.running, source.closed]).toEqual([0, true]);
      const { begun } = seen;
      expect(begun).toBeLessThanOrEqual(8);
      await sleep(10);
      expect([seen.begun, source.read]).toEqual([begun, begun]);
    },
  );

  test('a failure of the source arrives, and cancels what is under way', async () => {
    const { seen, work } = working();
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      throw reason;
    }
    expect(await outcome(collect(mapOrdered(failing(), 3, work)))).toEqual({ error: reason });
    expect(seen.running).toBe(0);
  });

  test('a failure that comes while the consumer is busy with an output arrives with the next one', async () => {
    const outputs = mapOrdered([0, 1], 2, async (number) => {
      if (number === 0) return number;
      await sleep(1);
      throw undefined; // oxlint-disable-line typescript/only-throw-error -- no signal has it for its reason
    });
    expect(await outputs.next()).toEqual({ done: false, value: 0 });
    await sleep(10);
    expect(await outcome(outputs.next())).toEqual({ error: undefined });
    expect(await outputs.next()).toEqual({ done: true, value: undefined });
  });

  test('a consumer that breaks off cancels the rest, and closes the source', async () => {
    const { seen: source, source: inputs } = numbers();
    const cancelled: number[] = [];
    const work = async (number: number, signal: AbortSignal): Promise<number> => {
      if (number > 2) await sleep(60_000, undefined, { signal }).catch(() => cancelled.push(number));
      return number;
    };
    for await (const output of mapOrdered(inputs, 4, work)) if (output === 2) break;
    expect(cancelled).toEqual([3, 4, 5]);
    expect(source.closed).toBe(true);
  });

  test('a stream that has nothing to give is destroyed by a break, and nobody waits for any other source', async () => {
    const stream = new PassThrough({ objectMode: true });
    stream.write(1);
    for await (const _ of mapOrdered(stream, 2, (number: number) => number)) break;
    expect(stream.destroyed).toBe(true);
    const stalled = (async function* () {
      yield 1;
      await new Promise(() => {});
    })();
    for await (const _ of mapOrdered(stalled, 2, (number) => number)) break;
  });

  test('a signal, aborted before and while running, is the reason; afterwards it changes nothing', async () => {
    const { seen: source, source: inputs } = numbers();
    const aborted = mapOrdered(inputs, 2, (number) => number, { signal: AbortSignal.abort(reason) });
    expect(await outcome(collect(aborted))).toEqual({ error: reason });
    expect(source.read).toBe(0);

    const stop = new AbortController();
    const { seen, work } = working((number) => number === 7 && stop.abort(reason));
    const { seen: other, source: more } = numbers();
    expect(await outcome(collect(mapOrdered(more, 2, work, { signal: stop.signal })))).toEqual({ error: reason });
    expect([seen.running, other.closed]).toEqual([0, true]);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);

    const late = new AbortController();
    expect(await collect(mapOrdered([1, 2], 2, working().work, { signal: late.signal }))).toEqual([2, 4]);
    late.abort(reason);
  });

  test('a signal ends the wait for a source that has nothing to give', async () => {
    const stop = new AbortController();
    const stream = new PassThrough({ objectMode: true });
    setTimeout(() => stop.abort(reason), 5);
    const outputs = collect(mapOrdered(stream, 2, (number: number) => number, { signal: stop.signal }));
    expect(await outcome(outputs)).toEqual({ error: reason });
    expect(stream.destroyed).toBe(true);
  });

  test('two at once have their own outputs; two consumers of one share them, each output once', async () => {
    const twice = [numbers(20), numbers(30)].map(({ source }) => collect(mapOrdered(source, 3, working().work)));
    expect((await Promise.all(twice)).map(({ length }) => length)).toEqual([20, 30]);
    const shared = mapOrdered(numbers(31).source, 3, working().work);
    const both = await Promise.all([collect(shared), collect(shared)]);
    expect(both.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: 31 }, (_, number) => 2 * number));
  });

  test('1,000 calls leave no listener on a signal that lives for longer', async () => {
    const { signal } = new AbortController();
    for (let call = 0; call < 1_000; call++) await collect(mapOrdered([1, 2, 3], 2, (number) => number, { signal }));
    for (let call = 0; call < 1_000; call++)
      for await (const _ of mapOrdered([1, 2], 2, (one) => one, { signal })) break;
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test.each([0, -1, 1.5, NaN, Infinity])('a concurrency of %d is refused at once', (concurrency) => {
    expect(() => mapOrdered([1], concurrency, () => 1)).toThrow(
      `Expected \`concurrency\` to be an integer from 1 up, got ${concurrency}`,
    );
  });
});

describe('from a source to a sink', () => {
  /** Takes a chunk each millisecond; fails at one where that is asked for. */
  function slowSink(failing = Infinity) {
    const seen = { written: [] as unknown[], buffered: 0 };
    const sink = new Writable({
      objectMode: true,
      highWaterMark: 4,
      write(chunk: unknown, _, done) {
        seen.written.push(chunk);
        seen.buffered = Math.max(seen.buffered, sink.writableLength);
        setTimeout(() => done(seen.written.length === failing ? new Error('the disk is full') : null), 1);
      },
    });
    return { seen, sink };
  }
  const readable = (count: number): Readable => Readable.from(numbers(count).source, { highWaterMark: 2 });

  test('both copies are whole and in order; by data all of it waits in the sink, by pipeline no more than its mark', async () => {
    const [byData, byPipeline] = [slowSink(), slowSink()];
    await Promise.all([copyByData(readable(60), byData.sink), copy(readable(60), byPipeline.sink)]);
    const all = Array.from({ length: 60 }, (_, number) => number);
    expect([byData.seen.written, byPipeline.seen.written]).toEqual([all, all]);
    expect(byData.seen.buffered).toBeGreaterThan(40);
    expect(byPipeline.seen.buffered).toBeLessThanOrEqual(4);
  });

  test('with work between: in order, and nothing is read beyond the work and the mark of the sink', async () => {
    const { seen: source, source: inputs } = numbers(60);
    const { seen, sink } = slowSink();
    let ahead = 0;
    const { seen: work, work: double } = working(() => (ahead = Math.max(ahead, source.read - seen.written.length)));
    await copyMapped(inputs, 3, double, sink);
    expect(seen.written).toEqual(Array.from({ length: 60 }, (_, number) => 2 * number));
    expect(work.most).toBe(3);
    expect(ahead).toBeLessThanOrEqual(3 + 4);
  });

  test.each(THROWN.map((thrown) => ({ thrown })))(
    'work that throws $thrown ends both, and it arrives',
    async ({ thrown }) => {
      const { seen: source, source: inputs } = numbers();
      const { seen: work, work: failing } = working((number) => {
        // oxlint-disable-next-line typescript/only-throw-error -- whatever is thrown has to arrive
        if (number === 9) throw thrown;
      });
      const { sink } = slowSink();
      expect(await outcome(copyMapped(inputs, 3, failing, sink))).toEqual({ error: thrown });
      expect([source.closed, work.running, sink.destroyed]).toEqual([true, 0, true]);
    },
  );

  test('a sink that fails cancels the work, and closes the source', async () => {
    const { seen: source, source: inputs } = numbers();
    const { seen: work, work: double } = working();
    const { seen, sink } = slowSink(5);
    await expect(copyMapped(inputs, 3, double, sink)).rejects.toThrow('the disk is full');
    await expect.poll(() => [source.closed, work.running]).toEqual([true, 0]);
    const { length } = seen.written;
    const { read } = source;
    await sleep(10);
    expect([seen.written.length, source.read]).toEqual([length, read]);
    const other = readable(1_000);
    await expect(copy(other, slowSink(5).sink)).rejects.toThrow('the disk is full');
    expect(other.destroyed).toBe(true);
  });

  test('a signal is the reason, and closes both ends', async () => {
    const stop = new AbortController();
    const [plain, mapped] = [readable(10_000), new PassThrough({ objectMode: true })];
    setTimeout(() => stop.abort(reason), 10);
    const ends = [
      copy(plain, slowSink().sink, stop.signal),
      copyMapped(mapped, 2, (number: number) => number, slowSink().sink, stop.signal),
    ];
    expect(await Promise.all(ends.map(outcome))).toEqual([{ error: reason }, { error: reason }]);
    expect([plain.destroyed, mapped.destroyed]).toEqual([true, true]);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });
});

describe('to a client that does not read', () => {
  test('by data nearly all of it waits in memory, by pipeline next to nothing; mapped, order and width are kept', async () => {
    const context = { signal: new AbortController().signal, screen: darkScreen, budget: 0 };
    const { data, pipeline } = await bufferBothWays(context);
    const { mapped, node } = await mapBothWays(context);
    expect([...data, ...pipeline, ...mapped, ...node].filter((figure) => !keepsBound(figure))).toEqual([]);
  });

  test('an abort ends the sender', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(reason), 50);
    expect(await outcome(transfer('pipeline', 1_024, stop.signal))).toEqual({ error: reason });
  });

  test('a machine without the memory says so', () => {
    expect(memoryLack(2 ** 20 * 100)).toBe('Needs 512 MiB of free memory, there are 100');
    expect(memoryLack(2 ** 30)).toBeUndefined();
  });
});
