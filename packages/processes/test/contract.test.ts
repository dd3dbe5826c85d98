import { describe } from 'vitest';
import { contractAsTests } from '@cookbook/copy/testing';
import { openProcesses } from '../src/cpu-scaling/recipe.ts';
import { openPool } from '../src/pool/recipe.ts';
import { runTask as runInPool } from '../src/pool-errors/recipe.ts';
import { openBoundedPool, runAll } from '../src/pool-queue/recipe.ts';
import { runTask } from '../src/same-interface/recipe.ts';

const NO_SIGNAL = 'it takes no signal: pool-abort is the recipe that does';

contractAsTests('openProcesses', {
  open(task) {
    const processes = openProcesses<unknown, unknown>(task, 1);
    return { run: async (order) => (await processes.run([order]))[0], close: async () => processes.close() };
  },
  async batch(task, orders) {
    const processes = openProcesses<unknown, unknown>(task, 2);
    return processes.run(orders).finally(() => processes.close());
  },
  except: {
    'a signal aborted before rejects with its reason': NO_SIGNAL,
    'a signal aborted while queued rejects with its reason': NO_SIGNAL,
    'a signal aborted while running rejects with its reason': NO_SIGNAL,
  },
});

contractAsTests('a pool of processes', {
  open(task) {
    const pool = openPool<unknown, unknown>(task, 1);
    return {
      run: (order, signal) => runInPool(pool, order, signal === undefined ? {} : { signal }),
      close: () => pool.destroy(),
    };
  },
  async batch(task, orders) {
    const pool = openBoundedPool<unknown, unknown>(task, 2, 4);
    return runAll(pool, orders, 4).finally(() => pool.destroy());
  },
});

describe.each(['thread', 'process'] as const)('same-interface in a %s', (place) => {
  const ONE_EACH = 'each task has a thread or process of its own, which is gone with it';
  contractAsTests('runTask', {
    open: (task) => ({
      run: (order, signal) => runTask(task, order, { in: place, ...(signal && { signal }) }),
      close: async () => {},
    }),
    calls: { signal: 20, heap: 60, bytes: 2_500 },
    except: {
      ...(place === 'thread' && {
        'a process that is killed rejects its own call, and the next is answered or says why not':
          'a thread is not killed',
      }),
      'a signal aborted while queued rejects with its reason': ONE_EACH,
      'close while running settles the call': ONE_EACH,
      'run after close rejects': ONE_EACH,
      'close twice is one close': ONE_EACH,
    },
  });
});
