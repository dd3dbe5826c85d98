// What worker.ts and child.ts do alike: run the task, and answer with its output or its error.

import { toWire } from './errors.ts';
import type { Answer } from './errors.ts';

export interface Question {
  readonly file: string;
  readonly input: unknown;
}

export async function answer({ file, input }: Question, send: (answer: Answer) => void): Promise<void> {
  const fail = (thrown: unknown): void => send({ error: toWire(thrown) });
  process.once('uncaughtException', fail); // of a timer, or a promise that nobody awaits: nothing else runs here
  try {
    const { default: task } = (await import(file)) as { default: (input: unknown) => unknown };
    send({ output: await task(input) });
  } catch (error) {
    fail(error); // also where the output cannot be sent, such as a function
  }
}
