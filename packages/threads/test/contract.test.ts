import { contractAsTests } from '@cookbook/copy/testing';
import { openThreads } from '../src/cpu-scaling/recipe.ts';
import { openPool, runAll } from '../src/pool/recipe.ts';
import { openAbortablePool } from '../src/pool-abort/recipe.ts';
import { openBoundedPool } from '../src/pool-backpressure/recipe.ts';

const THREAD = 'a thread is not killed from outside: its process is';
const KILLED = { 'a process that is killed rejects its own call, and the next is answered or says why not': THREAD };

/** A task that throws null: the pool's worker sends its error, and null stands for none. */
const NULL = { 'a thrown null arrives': 'Piscina 5.3.2 resolves with it' };

const NO_SIGNAL = 'it takes no signal: pool-abort is the recipe that does';

contractAsTests('openThreads', {
  open(task) {
    const threads = openThreads<unknown, unknown>(task, 1);
    return { run: async (order) => (await threads.run([order]))[0], close: () => threads.close() };
  },
  async batch(task, orders) {
    const threads = openThreads<unknown, unknown>(task, 2);
    return threads.run(orders).finally(() => threads.close());
  },
  except: {
    ...KILLED,
    'a signal aborted before rejects with its reason': NO_SIGNAL,
    'a signal aborted while queued rejects with its reason': NO_SIGNAL,
    'a signal aborted while running rejects with its reason': NO_SIGNAL,
  },
});

contractAsTests('openPool', {
  open(task) {
    const pool = openPool<unknown, unknown>(task, 1);
    return { run: (order, signal) => pool.run(order, signal && { signal }), close: () => pool.destroy() };
  },
  batch(task, orders) {
    const pool = openPool<unknown, unknown>(task, 2);
    return runAll(pool, orders).finally(() => pool.destroy());
  },
  except: { ...NULL, ...KILLED },
});

contractAsTests('openAbortablePool', {
  open(task) {
    const pool = openAbortablePool<unknown, unknown>(task, 1);
    const never = new AbortController();
    return { run: (order, signal = never.signal) => pool.run(order, signal), close: () => pool.close() };
  },
  except: { ...NULL, ...KILLED },
});

contractAsTests('openBoundedPool', {
  open(task) {
    const pool = openBoundedPool<unknown, unknown>(task, { threads: 1, maxQueue: 4 });
    return { run: (order, signal) => pool.run(order, signal), close: () => pool.close() };
  },
  except: { ...NULL, ...KILLED },
});
