// What the other side, thread or process, reports of a message.

import { now } from '@cookbook/lab/task';
import { formOf, sumOf } from './payload.ts';

export interface Receipt {
  /** When the message was there, ready to be used, on the clock that all processes share, ms. */
  readonly at: number;
  readonly form: string;
  readonly sum: number;
  /** Of the process that received it. */
  readonly pid: number;
  /** CPU time of the receiving process so far: when it was done with the message before, and when it had this one, ms. */
  readonly cpu: { readonly before: number; readonly at: number };
}

let cpuBefore = cpuTimeOfProcess();

/** Takes the time first: adding up is the proof, not the cost. */
export function receive(message: unknown): Receipt {
  const at = now();
  const cpu = { before: cpuBefore, at: cpuTimeOfProcess() };
  const receipt = { at, form: formOf(message), sum: sumOf(message), pid: process.pid, cpu };
  cpuBefore = cpuTimeOfProcess();
  return receipt;
}

/** User and system time of every thread of this process, ms. */
export function cpuTimeOfProcess(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
