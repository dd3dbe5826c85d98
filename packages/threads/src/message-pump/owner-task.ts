// What the owner runs: a number that no other thread can reach, and the commands that change it, one after another.

import { parentPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { Command } from './ask.ts';

let state = 0;

const commands = {
  get: () => state,
  set: (value: number) => (state = value),
  add: (value: number) => (state += value),
};

parentPort!.on('message', (port: MessagePort) => {
  port.on('message', ({ kind, value = 0, unanswered = false }: Command) => {
    let answer: number | { readonly error: unknown };
    try {
      answer = commands[kind](value);
    } catch (error) {
      answer = { error }; // one command fails, and the state goes on for all others
    }
    if (!unanswered) port.postMessage(answer);
  });
});
