// The task that the contract runs, in whatever runs tasks: it does what its input says.

import { appendFileSync } from 'node:fs';

export interface Order {
  readonly kind:
    | 'return'
    | 'return undefined'
    | 'return a function'
    | 'throw an error'
    | 'throw a value'
    | 'throw undefined'
    | 'throw null'
    | 'throw later'
    | 'wait'
    | 'compute'
    | 'exit'
    | 'be killed';
  readonly value?: unknown;
  /** For 'wait' and 'compute', ms. */
  readonly ms?: number;
  /** Path of a file that gets a byte when the task begins. */
  readonly mark?: string;
}

export default async function task(order: Order): Promise<unknown> {
  if (order.mark !== undefined) appendFileSync(order.mark, '.');
  switch (order.kind) {
    case 'return':
      return order.value;
    case 'return undefined':
      return undefined;
    case 'return a function':
      return () => {};
    case 'throw an error':
      throw new RangeError('the task failed');
    case 'throw a value':
      // oxlint-disable-next-line typescript/only-throw-error -- whatever is thrown has to arrive
      throw order.value;
    case 'throw undefined':
      // oxlint-disable-next-line typescript/only-throw-error -- whatever is thrown has to arrive
      throw undefined;
    case 'throw null':
      // oxlint-disable-next-line typescript/only-throw-error -- whatever is thrown has to arrive
      throw null;
    case 'throw later':
      setTimeout(() => {
        throw new Error('thrown by a timer that the task left behind');
      }, 20);
      return order.value;
    case 'wait':
      return new Promise((resolve) => setTimeout(resolve, order.ms, order.value));
    case 'compute':
      for (const end = performance.now() + order.ms!; performance.now() < end;);
      return order.value;
    case 'be killed':
      process.kill(process.pid, 'SIGKILL'); // of a thread it would be the program
      return undefined;
    case 'exit':
    default:
      return process.exit(3);
  }
}
