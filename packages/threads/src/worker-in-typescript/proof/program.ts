// The program that every runner runs: starts the worker in each way, and writes down what came of it. It is copied into an
// empty project, and starts when it is imported.

import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { startWorker } from '../recipe.ts';

/** 'started', or the error. */
export type Outcomes = Readonly<Record<'plain' | 'helper', string>>;

const workerData = { number: 21 };

const outcomes: Outcomes = {
  plain: await answered(() => new Worker(new URL('./answer-worker.ts', import.meta.url), { execArgv: [], workerData })),
  helper: await answered(() => startWorker('./answer-worker.ts', import.meta.url, { workerData })),
};
writeFileSync(process.env['OUTCOMES']!, JSON.stringify(outcomes));

async function answered(start: () => Worker): Promise<string> {
  try {
    const worker = start();
    const answer = await new Promise((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
      worker.once('exit', (code) => reject(new Error(`ended with code ${code}`)));
    });
    await worker.terminate();
    return answer === 42 ? 'started' : `answered ${String(answer)}`;
  } catch (error) {
    return (error as Error).message.split('\n')[0]!;
  }
}
