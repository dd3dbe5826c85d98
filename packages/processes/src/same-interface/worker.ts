// What a thread runs: one task.

import { parentPort } from 'node:worker_threads';
import { answer } from './answer.ts';
import type { Question } from './answer.ts';

parentPort!.once('message', (question: Question) => answer(question, (reply) => parentPort!.postMessage(reply)));
