// One run of a party along a history: its operations on shared memory are answered from there, and the first that is not in
// it stops the run by an exception.

import type { SharedWords } from '../../../src/mutex/shared-words.ts';

/** An operation on a word; `death` waits for the end of another party. */
export interface Operation {
  readonly name: string;
  readonly word: number;
  readonly operands: readonly number[];
  /** Of `wait` and `waitAsync`: the time limit in ms. */
  readonly limit?: number;
}

/** The result of an operation; `late` where the time limit of a wait is over when it returns. */
export type Result = number | 'ok' | 'ok, late' | 'not-equal' | 'not-equal, late' | 'timed-out' | 'waits';

/** An answered operation, or something that a task was given time for. */
export type Entry =
  | { readonly operation: Operation; readonly result: Result; readonly place: string }
  | { readonly event: string };

/** A timer as long as this one is there to keep a thread alive, and never fires. */
const NEVER = 2 ** 29;

export class Stopped extends Error {}
// The place of a party is its stack, with all of its frames.
Error.stackTraceLimit = 30;
const STOPPED = new Stopped('The party is at its next operation');

export const real = { Atomics, performance, setTimeout, setInterval, clearTimeout, clearInterval, setImmediate };

/** One run of a program along a history. */
export class Run {
  stopped = false;
  settled: 'done' | 'failed' | undefined;
  error: unknown;
  operation: Operation | undefined;
  place = '';
  now = 0;
  ordered: number[] = [];
  readonly inside: string[] = [];
  readonly facts: string[] = [];
  readonly limits: number[] = [];
  readonly happen = new Map<string, () => void>();
  #place = 0;
  #events = 0;
  readonly #history: readonly Entry[];

  constructor(history: readonly Entry[]) {
    this.#history = history;
  }

  operate(operation: Operation): Result {
    if (this.stopped) throw STOPPED;
    const entry = this.#history[this.#place];
    if (entry === undefined) {
      this.stopped = true;
      this.operation = operation;
      this.place = new Error('here').stack!;
      throw STOPPED;
    }
    if (!('operation' in entry) || !isSame(entry.operation, operation)) {
      throw new Error(`Expected the run to repeat ${JSON.stringify(entry)}, got ${JSON.stringify(operation)}`);
    }
    this.#advance();
    return entry.result;
  }

  /** Takes the next entry of the history if it is an event. */
  nextEvent(): (() => void) | undefined {
    const entry = this.#history[this.#place];
    if (entry === undefined || !('event' in entry)) return undefined;
    const act = this.happen.get(entry.event);
    if (act === undefined) throw new Error(`Expected the run to repeat ${JSON.stringify(entry)}`);
    this.#advance();
    this.happen.delete(entry.event);
    return act;
  }

  on(kind: string, act: () => void): string {
    const event = `${kind} ${this.#events++}`;
    this.happen.set(event, act);
    return event;
  }

  #advance(): void {
    this.#place++;
    this.ordered = [];
  }
}

let running: Run | undefined;

/** Makes this the run that the globals act for. */
export function setRunning(run: Run | undefined): void {
  running = run;
}

function current(): Run {
  if (running === undefined) throw new Error('Expected a party to run');
  return running;
}

function isSame(a: Operation, b: Operation): boolean {
  return a.name === b.name && a.word === b.word && a.operands.every((operand, n) => operand === b.operands[n]);
}

const numeric =
  (name: string) =>
  (memory: SharedWords, at: number, ...operands: number[]) =>
    current().operate({ name, word: wordAt(memory, at), operands }) as number;

/** The word at a place of the memory that a party was given, or of a view of it. */
function wordAt(memory: SharedWords, at: number): number {
  return memory.byteOffset / Int32Array.BYTES_PER_ELEMENT + at;
}

/** Moves the clock past the end of a wait that was too long, and returns what `Atomics.wait` does. */
function atTime(result: Result, end: number): string {
  const [outcome, late] = (result as string).split(', ');
  if (late !== undefined || outcome === 'timed-out') current().now = Math.max(current().now, end);
  return outcome!;
}

const steppedAtomics = {
  load: numeric('load'),
  store: numeric('store'),
  add: numeric('add'),
  sub: numeric('sub'),
  and: numeric('and'),
  or: numeric('or'),
  xor: numeric('xor'),
  exchange: numeric('exchange'),
  compareExchange: numeric('compareExchange'),
  notify: (memory: SharedWords, at: number, count = Infinity) => numeric('notify')(memory, at, count),
  wait(memory: SharedWords, at: number, value: number, limit = Infinity) {
    const word = wordAt(memory, at);
    const end = current().now + limit;
    return atTime(current().operate({ name: 'wait', word, operands: [value], limit }), end);
  },
  waitAsync(memory: SharedWords, at: number, value: number, limit = Infinity) {
    const word = wordAt(memory, at);
    const party = current();
    const end = party.now + limit;
    const result = party.operate({ name: 'waitAsync', word, operands: [value], limit });
    if (result !== 'waits') return { async: false, value: atTime(result, end) };
    const { promise, resolve } = Promise.withResolvers<string>();
    const wait = party.limits.push(limit) - 1;
    for (const outcome of ['ok', 'ok, late', 'timed-out'] as const) {
      party.happen.set(`wait ${wait}: ${outcome}`, () => resolve(atTime(outcome, end)));
    }
    return { async: true, value: promise };
  },
};

function startTimer(act: () => void, delay = 0): string {
  if (delay >= NEVER) return '';
  const party = current();
  const due = party.now + delay;
  return party.on('timer', () => {
    party.now = Math.max(party.now, due);
    act();
  });
}

const stopTimer = (timer: string): void => void running?.happen.delete(timer);

/** What stands in for the globals while a party runs. */
export const stepped = {
  Atomics: steppedAtomics,
  performance: { now: () => current().now },
  setTimeout: startTimer,
  setInterval: startTimer, // no recipe lets one fire twice
  clearTimeout: stopTimer,
  clearInterval: stopTimer,
};

/** The words as a party sees them: a plain access is an operation too. */
export function watched(memory: SharedWords): SharedWords {
  const isWord = (key: string | symbol): key is string => typeof key === 'string' && /^\d+$/.test(key);
  const read = (at: number): Result => current().operate({ name: 'read', word: wordAt(memory, at), operands: [] });
  return new Proxy(memory, {
    get(target, key) {
      if (key === 'subarray') return (from: number, to?: number) => watched(target.subarray(from, to));
      if (key === Symbol.iterator)
        return () =>
          Array.from({ length: target.length }, (_, at) => at)
            .values()
            .map(read);
      return isWord(key) ? read(Number(key)) : (Reflect.get(target, key, target) as unknown);
    },
    set(_, key, value) {
      if (!isWord(key)) return false;
      current().operate({ name: 'write', word: wordAt(memory, Number(key)), operands: [value as number] });
      return true;
    },
  });
}
