// The inputs in parts, pulled when they are asked for.

import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { MOST_BYTES } from '../queue/limits.ts';
import { bytesOf } from '../queue/payload.ts';

/** Some inputs in a row. */
export interface Part {
  readonly first: number;
  readonly inputs: readonly unknown[];
}

export interface Parts {
  /**
   * So many inputs, or fewer: at the end, where they have many bytes, or where a slow source has no more at the moment.
   *
   * @returns undefined at the end
   * @throws what the source throws; where an input is none that can be sent, an error that names its index
   */
  pull(size: number, exactly?: boolean): Promise<Part | undefined>;
  /** Lets the source go, as a `break` in a loop over it would. */
  close(): Promise<void>;
}

/** ms that a part waits for a source that has not yielded the next input: asynchronous ones may take their time. */
const LINGER_MS = 20;

/** An input that cannot be sent: its run goes on without it. */
class Unsendable {
  readonly error: string;
  constructor(error: string) {
    this.error = error;
  }
}

export function openParts(source: Iterable<unknown> | AsyncIterable<unknown>): Parts {
  const iterator = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  const isAsync = Symbol.asyncIterator in source;
  let next = 0;
  let pending: Promise<IteratorResult<unknown>> | undefined;
  let held: { readonly input: unknown; readonly bytes: number } | undefined; // pulled, and too much for the part before
  let ended = false;

  /** Undefined where none came in time. */
  async function pullOne(mayLinger: boolean): Promise<IteratorResult<unknown> | undefined> {
    if (!isAsync) return (iterator as Iterator<unknown>).next();
    pending ??= (iterator as AsyncIterator<unknown>).next();
    const step = mayLinger ? await Promise.race([pending, sleep(LINGER_MS, undefined)]) : await pending;
    if (step !== undefined) pending = undefined;
    return step;
  }

  return {
    async pull(size, exactly = false) {
      const inputs: unknown[] = [];
      let bytes = 0;
      while (inputs.length < size && !ended) {
        let one = held;
        held = undefined;
        if (one === undefined) {
          const step = await pullOne(inputs.length > 0 && !exactly);
          if (step === undefined) break;
          if (step.done) {
            ended = true;
            break;
          }
          one = measured(step.value);
        }
        if (inputs.length > 0 && bytes + one.bytes > MOST_BYTES && !exactly) {
          held = one;
          break;
        }
        inputs.push(one.input);
        bytes += one.bytes;
      }
      if (inputs.length === 0) return undefined;
      const first = next;
      next += inputs.length;
      return { first, inputs };
    },
    async close() {
      if (ended) return;
      // A generator that is asked for its next input ends only once it has that: nobody waits for it.
      const closed = Promise.resolve(iterator.return?.()).catch(() => {});
      if (pending === undefined) await closed;
      pending?.catch(() => {});
    },
  };
}

function measured(input: unknown): { readonly input: unknown; readonly bytes: number } {
  try {
    return { input, bytes: bytesOf(input, 'an input') };
  } catch (error) {
    return { input: new Unsendable(String(error)), bytes: 0 };
  }
}

/** The part without the inputs that cannot be sent, in as many parts as that makes. */
export function sendableOf({ first, inputs }: Part, onUnsendable: (index: number, error: string) => void): Part[] {
  const parts: { first: number; inputs: unknown[] }[] = [];
  let isBroken = true;
  for (const [offset, input] of inputs.entries()) {
    if (input instanceof Unsendable) {
      onUnsendable(first + offset, input.error);
      isBroken = true;
    } else {
      if (isBroken) parts.push({ first: first + offset, inputs: [] });
      parts.at(-1)!.inputs.push(input);
      isBroken = false;
    }
  }
  return parts;
}

/** What tells inputs from others: SHA-256 of their JSON. */
export function digestOf(inputs: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}
