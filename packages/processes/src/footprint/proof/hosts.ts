// Hosts of residents, kept until they are closed.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Answer, Order } from './host-child.ts';

export interface Host {
  ask<A extends Answer>(order: Order): Promise<A>;
  close(): Promise<void>;
}

/** Starts a host. With `cache` Node.js keeps compiled code in that folder, and that of the host's residents too. */
export async function openHost(cache?: string): Promise<Host> {
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...env } = process.env;
  const child = fork(new URL('./host-child.ts', import.meta.url), {
    execArgv: ['--expose-gc'],
    env: cache === undefined ? { ...env, NODE_DISABLE_COMPILE_CACHE: '1' } : { ...env, NODE_COMPILE_CACHE: cache },
  });
  await answerOf(child);
  return {
    ask<A extends Answer>(order: Order) {
      child.send(order);
      return answerOf(child) as Promise<A>;
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.send('end');
      await gone;
    },
  };
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const gone = (code: number | null): void =>
      reject(new Error(`Expected an answer of the host, got exit code ${code}`));
    child.once('exit', gone);
    child.once('message', (answer) => {
      child.off('exit', gone);
      resolve(answer);
    });
  });
}
