import { contractAsTests } from '@cookbook/copy/testing';
import { openThreads } from '../src/cpu-scaling/recipe.ts';

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
    'a signal aborted before rejects with its reason': NO_SIGNAL,
    'a signal aborted while queued rejects with its reason': NO_SIGNAL,
    'a signal aborted while running rejects with its reason': NO_SIGNAL,
  },
});
