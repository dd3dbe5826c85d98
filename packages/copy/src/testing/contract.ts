// One contract for everything that runs tasks: what a caller may rely on in a server, where two callers come at once, tasks
// throw, clients abort and processes are killed.

import { getEventListeners } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import type { Order } from './contract-task.ts';

/** Something that runs the contract's task. */
export interface Runner {
  run(order: Order, signal?: AbortSignal): Promise<unknown>;
  close(): Promise<unknown>;
}

export interface Contract {
  /** Opens a runner of one lane, a thread or a process or a place under a limit, for the module `task`. */
  readonly open: (task: URL) => Runner | Promise<Runner>;
  /** Runs all orders as one batch on a fresh runner; left out where there are no batches. */
  readonly batch?: (task: URL, orders: readonly Order[]) => Promise<unknown>;
  /** How many calls stand for a thousand and for ten thousand where each starts a thread or a process, and the bytes kept a call. */
  readonly calls?: { readonly signal: number; readonly heap: number; readonly bytes: number };
  /** Cells of the contract that are not kept, or have no meaning here, each with the reason. */
  readonly except?: Partial<Record<Cell, string>>;
}

/** The module that runners are opened for. */
const contractTask = new URL('./contract-task.ts', import.meta.url);

/** The cells in their order. */
const CELLS = [
  'two calls at once get their own answers',
  'a result arrives',
  'undefined arrives',
  'an error arrives with its class and message',
  'a thrown value arrives as it is',
  'a thrown undefined arrives',
  'a thrown null arrives',
  'an output that cannot be cloned rejects its own call',
  'a signal aborted before rejects with its reason',
  'a signal aborted while queued rejects with its reason',
  'a signal aborted while running rejects with its reason',
  'a signal aborted afterwards changes nothing',
  'a task that ends its thread or process rejects its own call, and the next is answered or says why not',
  'a process that is killed rejects its own call, and the next is answered or says why not',
  'an error between two calls ends no program, and the next is answered or says why not',
  'a module that cannot be loaded rejects the call',
  'close while running settles the call',
  'run after close rejects',
  'close twice is one close',
  'after close no handle is left',
  'a thousand calls leave no listener on their signal',
  'ten thousand calls leave the heap flat',
  'a failure stops the rest of a batch',
] as const;

type Cell = (typeof CELLS)[number];

/** Longer than any of the calls takes on a busy machine; a call that is never settled fails its cell. */
const LIMIT_MS = 10_000;

const wait = (ms: number, value?: unknown): Order => ({ kind: 'wait', ms, value });

/** Defines a test for each cell; one that is excepted is skipped with its reason. */
export function contractAsTests(name: string, contract: Contract): void {
  const opened = async <T>(work: (runner: Runner) => Promise<T>, task = contractTask): Promise<T> => {
    const runner = await contract.open(task);
    try {
      return await work(runner);
    } finally {
      await runner.close().catch(() => {});
    }
  };
  const call = (order: Order, signal?: AbortSignal): Promise<unknown> =>
    opened((runner) => settled(runner.run(order, signal)));
  const reason = new Error('the caller went away');
  const many = contract.calls ?? { signal: 1_000, heap: 10_000, bytes: 60 };

  const cells: Record<Cell, () => Promise<void>> = {
    'two calls at once get their own answers': () =>
      opened(async (runner) => {
        const answers = [30, 1, 10].map((ms) => runner.run(wait(ms, ms)));
        expect(await settled(Promise.all(answers))).toEqual([30, 1, 10]);
      }),
    'a result arrives': async () =>
      expect(await call({ kind: 'return', value: { rows: [1, 2] } })).toEqual({ rows: [1, 2] }),
    'undefined arrives': async () => expect(await call({ kind: 'return undefined' })).toBeUndefined(),
    'an error arrives with its class and message': async () => {
      const error = await rejection(call({ kind: 'throw an error' }));
      expect(error).toBeInstanceOf(RangeError);
      expect(error).toHaveProperty('message', 'the task failed');
    },
    'a thrown value arrives as it is': async () => {
      expect(await rejection(call({ kind: 'throw a value', value: { code: 7 } }))).toEqual({ code: 7 });
      expect(await rejection(call({ kind: 'throw a value', value: 'text' }))).toBe('text');
    },
    'a thrown undefined arrives': async () =>
      expect(await rejection(call({ kind: 'throw undefined' }))).toBeUndefined(),
    'a thrown null arrives': async () => expect(await rejection(call({ kind: 'throw null' }))).toBeNull(),
    'an output that cannot be cloned rejects its own call': () =>
      opened(async (runner) => {
        const error = await rejection(settled(runner.run({ kind: 'return a function' })));
        expect((error as Error).stack).toContain('could not be cloned'); // Piscina 5.3.2 has it only there
        expect(await settled(runner.run({ kind: 'return', value: 1 }))).toBe(1);
      }),
    'a signal aborted before rejects with its reason': async () =>
      expect(await rejection(call({ kind: 'return' }, AbortSignal.abort(reason)))).toBe(reason),
    'a signal aborted while queued rejects with its reason': () =>
      opened(async (runner) => {
        const running = settled(runner.run(wait(200, 'first')));
        const stop = new AbortController();
        const queued = rejection(settled(runner.run(wait(1), stop.signal)));
        stop.abort(reason);
        expect(await queued).toBe(reason);
        expect(await running).toBe('first');
      }),
    'a signal aborted while running rejects with its reason': () =>
      opened(async (runner) => {
        await settled(runner.run({ kind: 'return' })); // it is up
        const stop = new AbortController();
        const running = rejection(settled(runner.run(wait(60_000), stop.signal)));
        await sleep(50);
        stop.abort(reason);
        expect(await running).toBe(reason);
        expect(await settled(runner.run({ kind: 'return', value: 1 }))).toBe(1);
      }),
    'a signal aborted afterwards changes nothing': () =>
      opened(async (runner) => {
        const stop = new AbortController();
        expect(await settled(runner.run({ kind: 'return', value: 1 }, stop.signal))).toBe(1);
        stop.abort(reason);
        expect(await settled(runner.run({ kind: 'return', value: 2 }))).toBe(2);
      }),
    'a task that ends its thread or process rejects its own call, and the next is answered or says why not': () =>
      opened(async (runner) => {
        expect(await rejection(settled(runner.run({ kind: 'exit' })))).toBeInstanceOf(Error);
        const next = await settled(runner.run({ kind: 'return', value: 1 })).catch((error: unknown) => error);
        if (next !== 1) expect(next).toBeInstanceOf(Error);
      }),
    'a process that is killed rejects its own call, and the next is answered or says why not': () =>
      opened(async (runner) => {
        expect(await rejection(settled(runner.run({ kind: 'be killed' })))).toBeInstanceOf(Error);
        const next = await settled(runner.run({ kind: 'return', value: 1 })).catch((error: unknown) => error);
        if (next !== 1) expect(next).toBeInstanceOf(Error);
      }),
    'an error between two calls ends no program, and the next is answered or says why not': () =>
      opened(async (runner) => {
        expect(await settled(runner.run({ kind: 'throw later', value: 1 }))).toBe(1);
        await sleep(300); // the timer has fired; what nobody catches fails the whole file
        const next = await settled(runner.run({ kind: 'return', value: 2 })).catch((error: unknown) => error);
        if (next !== 2) expect(next).toBeInstanceOf(Error);
        expect(await settled(runner.run({ kind: 'return', value: 3 }))).toBe(3);
      }),
    'a module that cannot be loaded rejects the call': () =>
      opened(
        async (runner) => {
          expect(await rejection(settled(runner.run({ kind: 'return' })))).toBeInstanceOf(Error);
        },
        new URL('./no-such-task.ts', import.meta.url),
      ),
    'close while running settles the call': () =>
      opened(async (runner) => {
        const running = settled(runner.run(wait(500, 'done'))).catch((error: unknown) => error);
        await sleep(50);
        await settled(runner.close());
        expect(['done', 'error']).toContain((await running) instanceof Error ? 'error' : 'done');
      }),
    'run after close rejects': () =>
      opened(async (runner) => {
        await settled(runner.close());
        expect(await rejection(settled(runner.run({ kind: 'return' })))).toBeInstanceOf(Error);
      }),
    'close twice is one close': () =>
      opened(async (runner) => {
        await settled(Promise.all([runner.close(), runner.close()]));
        await settled(runner.close());
      }),
    'after close no handle is left': async () => {
      await opened((runner) => settled(runner.run({ kind: 'return' }))); // what is opened once, and kept, is open now
      const before = handles();
      await opened(async (runner) => {
        await settled(runner.run({ kind: 'return' }));
        await rejection(settled(runner.run({ kind: 'throw an error' })));
      });
      for (const end = performance.now() + LIMIT_MS; handles().length > before.length && performance.now() < end;) {
        await sleep(20); // a process that was ended is gone a moment later
      }
      expect(handles()).toEqual(before);
    },
    'a thousand calls leave no listener on their signal': () =>
      opened(async (runner) => {
        const { signal } = new AbortController();
        for (let n = 0; n < many.signal; n++) await runner.run({ kind: 'return', value: n }, signal);
        expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(1);
      }),
    'ten thousand calls leave the heap flat': () =>
      opened(async (runner) => {
        const calls = async (count: number): Promise<number> => {
          for (let n = 0; n < count; n++) await runner.run({ kind: 'return', value: n });
          return usedHeap();
        };
        await calls(many.heap / 4); // compiled, and whatever grows once has grown
        const grown: number[] = [];
        for (let before = usedHeap(), round = 0; round < 3; round++) {
          const after = await calls(many.heap / 2);
          grown.push((after - before) / (many.heap / 2));
          if (grown[round]! < many.bytes) break; // what leaks, leaks in every round
          before = after;
        }
        expect(Math.min(...grown), 'bytes a call').toBeLessThan(many.bytes); // less than a listener, or a peer, keeps
      }),
    'a failure stops the rest of a batch': async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'contract-'));
      try {
        const mark = path.join(folder, 'begun');
        const orders = Array.from({ length: 200 }, (_, n): Order =>
          n === 2 ? { kind: 'throw an error', mark } : { kind: 'wait', ms: 5, mark },
        );
        const error = await rejection(settled(contract.batch!(contractTask, orders)));
        expect(error).toHaveProperty('message', 'the task failed');
        const begun = statSync(mark).size;
        expect(begun, 'tasks begun when the batch rejected').toBeLessThan(20);
        await sleep(100);
        expect(statSync(mark).size, 'tasks begun later').toBe(begun);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };

  const chosen = CELLS.filter((cell) => cell !== 'a failure stops the rest of a batch' || contract.batch !== undefined);
  describe(`${name} keeps the contract`, () => {
    test.for(chosen.map((cell) => ({ cell })))(
      '$cell',
      { timeout: 4 * LIMIT_MS, retry: 0 },
      async ({ cell }, { skip }) => {
        const excepted = contract.except?.[cell];
        if (excepted !== undefined) skip(excepted);
        const expectCell = cells[cell];
        await expectCell();
      },
    );
  });
}

/** The promise, or a failure where it is not settled in time. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  const late = new AbortController();
  const timeout = sleep(LIMIT_MS, undefined, { signal: late.signal }).then(() => {
    throw new Error(`Expected the call to be settled within ${LIMIT_MS} ms, it was not`);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    late.abort();
    timeout.catch(() => {});
  }
}

/** What a promise rejects with. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`Expected the call to reject, it resolved with ${String(value)}`);
    },
    (error: unknown) => error,
  );
}

/** What keeps this process alive, but for the timers that this test itself waits by. */
function handles(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((kind) => kind !== 'Timeout' && kind !== 'Immediate')
    .toSorted();
}

function usedHeap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
