// What a thread runs: one task.

import { parentPort } from 'node:worker_threads';
import { answer } from './answer.ts';
import type { Question } from './answer.ts';

// `on`, as in a process: a task that waits for ever keeps its thread until a signal ends it.
parentPort!.on('message', (question: Question) => answer(question, (reply) => parentPort!.postMessage(reply)));
