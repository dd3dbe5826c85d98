// A process that fetches, kept until it is closed.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Report, How, Order } from './requests-child.ts';

export interface Host {
  /** @throws Error with what a request failed by, or where the process ends without an answer */
  run(order: Order): Promise<Report>;
  close(): Promise<void>;
}

export function openHost(how: How, atOnce: number, signal?: AbortSignal): Host {
  signal?.throwIfAborted();
  const child = fork(new URL('./requests-child.ts', import.meta.url), [how, String(atOnce)], {
    execArgv: ['--expose-gc'],
  });
  const gone = once(child, 'exit') as Promise<[number | null, string | null]>;
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', close);
    child.kill('SIGKILL');
    await gone;
  };
  signal?.addEventListener('abort', close);
  return {
    async run(order) {
      const done = new AbortController();
      const answer = once(child, 'message', { signal: done.signal }) as Promise<[Report | { error: string }]>;
      answer.catch(() => {}); // taken back below
      child.send(order);
      try {
        const [report] = await Promise.race([answer, gone]);
        if (typeof report !== 'object' || report === null) {
          throw new Error(`Expected an answer of the process with ${how}, but it ended with exit code ${report}`);
        }
        if ('error' in report) throw new Error(report.error);
        return report;
      } finally {
        done.abort();
      }
    },
    close,
  };
}
