// A process that repeats work behind a gate. Each run writes its begin and its end into the record, a file that all
// processes share: lines are appended whole, so that their order is that in which things happened.

import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ANY, oneInProcess, oneOnMachine, repeat } from '../recipe.ts';
import type { Gate } from '../recipe.ts';

export type GateName = 'any' | 'process' | 'machine';
/** What is sent to the parent. */
export type Message = 'ready' | 'begun' | 'skipped';

const [name, lock, record, every, takes] = process.argv.slice(2) as [GateName, string, string, string, string];
const gates: Readonly<Record<GateName, () => Gate>> = {
  any: () => ANY,
  process: oneInProcess,
  machine: () => oneOnMachine(lock),
};
const note = (what: 'begin' | 'end'): void => appendFileSync(record, `${what} ${process.pid}\n`);
const send = (message: Message): void => void (process.connected && process.send!(message));

const stop = new AbortController();
process.on('disconnect', () => stop.abort());
if (!process.connected) stop.abort(); // the parent has gone while this module was loaded
const work = async (): Promise<void> => {
  note('begin');
  send('begun');
  await sleep(Number(takes));
  note('end');
};
const ended = repeat(Number(every), gates[name](), work, { signal: stop.signal, onSkip: () => send('skipped') });
send('ready');
await ended;
