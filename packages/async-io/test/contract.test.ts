import { contractAsTests } from '@cookbook/copy/testing';
import type { Contract, Runner } from '@cookbook/copy/testing';
import { AdaptiveLimit } from '../src/adaptive-limit/recipe.ts';
import { openThreads } from '../src/concurrency-vs-parallelism/recipe.ts';
import { openTaskThreads } from '../src/concurrency-vs-parallelism/threads.ts';
import { mapLimited } from '../src/fail-fast/recipe.ts';

const HERE = 'the work runs on this thread: nothing is cloned, and nothing ends it but the program';
const NONE = 'there is nothing to close';

/** What does not concern work on the calling thread. */
const except: Contract['except'] = {
  'an output that cannot be cloned rejects its own call': HERE,
  'an error between two calls ends no program, and the next is answered or says why not': HERE,
  'a process that is killed rejects its own call, and the next is answered or says why not': HERE,
  'after close no handle is left': NONE,
  'a task that ends its thread or process rejects its own call, and the next is answered or says why not': HERE,
  'close while running settles the call': NONE,
  'run after close rejects': NONE,
  'close twice is one close': NONE,
};

type Task = (order: unknown) => Promise<unknown>;

/** A runner of one place that loads the task when it is first asked for. */
function runnerOf(task: URL, run: (work: () => Promise<unknown>, signal?: AbortSignal) => Promise<unknown>): Runner {
  const load = async (): Promise<Task> => ((await import(task.href)) as { default: Task }).default;
  return {
    run: (order, signal) => run(async () => (await load())(order), signal),
    close: async () => {},
  };
}

/** Work that takes no notice of a signal is left behind by it. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

contractAsTests('mapLimited', {
  open: (task) =>
    runnerOf(task, async (work, signal) => {
      const [output] = await mapLimited([work], 1, (one, stop) => unlessAborted(one(), stop), signal);
      return output;
    }),
  async batch(task, orders) {
    const { default: run } = (await import(task.href)) as { default: Task };
    return mapLimited(orders, 4, run);
  },
  except: { ...except, 'a signal aborted while queued rejects with its reason': 'each call has places of its own' },
});

contractAsTests('AdaptiveLimit', {
  open(task) {
    const limit = new AdaptiveLimit();
    return runnerOf(task, (work, signal) => limit.run(() => (signal ? unlessAborted(work(), signal) : work()), signal));
  },
  except,
});

contractAsTests('openTaskThreads', {
  open: (task) => openTaskThreads<unknown, unknown>(task, 1),
  async batch(task, orders) {
    const threads = openThreads<unknown, unknown>(task, 2);
    return threads.run(orders).finally(() => threads.close());
  },
  except: {
    'a thrown null arrives': 'Piscina 5.3.2 resolves with it',
    'a process that is killed rejects its own call, and the next is answered or says why not':
      'a thread is not killed from outside: its process is',
  },
});
