// A message by the recipe, with what it cost.

import { now } from '@cookbook/lab/task';
import { openPeer, share } from '../recipe.ts';
import type { Way } from '../recipe.ts';
import type { Payload } from './payload.ts';
import { cpuTimeOfProcess } from './receipt.ts';
import type { Receipt } from './receipt.ts';

/** The costs of one message. */
export interface Delivery {
  /** From before it was sent until the other side had it, ready to be used, ms. */
  readonly there: number;
  /** From before it was sent until the answer was here, ms. */
  readonly roundTrip: number;
  /** For how long the call kept the event loop of the sender, ms. */
  readonly blocked: number;
  /** CPU time of both sides until the other side had it, ms. */
  readonly cpu: number;
  readonly receipt: Receipt;
}

/** A thread or process that answers every message with a receipt. */
export interface Receiver {
  send(payload: Payload): Promise<Delivery>;
  close(): Promise<unknown>;
}

export function openReceiver(way: Way): Receiver {
  const peer = openPeer(way, new URL('./receiver-child.ts', import.meta.url));
  return {
    async send(payload) {
      const message = way === 'worker, shared' ? share(payload as Buffer) : payload; // shared once, before the clock starts
      const cpuBefore = cpuTimeOfProcess();
      const answer = peer.receive();
      const cpuAtSend = cpuTimeOfProcess();
      const start = now();
      peer.send(message);
      const blocked = now() - start;
      const receipt = (await answer) as Receipt;
      const roundTrip = now() - start;
      const cpuHere = cpuTimeOfProcess() - cpuAtSend;
      // Of two processes: what this one used until the answer was here, and what the other used until it had the message.
      // Of one process: its clock counts both threads.
      const cpu = way.startsWith('fork') ? cpuHere + receipt.cpu.at - receipt.cpu.before : receipt.cpu.at - cpuBefore;
      return { there: receipt.at - start, roundTrip, blocked, cpu, receipt };
    },
    close: () => peer.close(),
  };
}
