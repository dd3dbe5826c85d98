// What a party does depends on nothing but the results of its operations so far: a party is stopped by an exception, and
// continued by running it again with the results that it has had.
//
// Two histories are one node where the party stands at the same place of its code and remembers the same. Where it remembers
// more than is taken for granted, ways by chance find that the code does not do what the node says, and `explore` throws.

import type { SharedWords } from '../../../src/mutex/shared-words.ts';
import { memoryOf } from './onlooker.ts';
import { real, Run, setRunning, stepped, Stopped, watched } from './run.ts';
import type { Entry, Operation, Result } from './run.ts';
import { becomeThread } from './thread-id.ts';

/** What a party sees of the world. */
export interface Party {
  /** Its `threadId`. */
  readonly id: number;
  readonly memory: SharedWords;
  /** From now on it counts as inside, until `leave`. This is not an operation: nothing comes between it and the one before. */
  enter(tag: string): void;
  leave(tag: string): void;
  /** Records a number that must be larger than all recorded before, by any party. */
  inOrder(number: number): void;
  /** Records what the scenario checks at the end. */
  note(fact: string): void;
  /** Waits until one more of the other parties was killed, and returns its `threadId`. */
  nextDeath(): number;
  /** A step that does nothing: others have the time to come in. What the party has seen before is no longer needed. */
  pause(): void;
  /** A promise that is settled at some time while the thread does nothing else. */
  turn(): Promise<void>;
  /** A signal that is aborted at some time while the thread does nothing else, or never. */
  signal(): AbortSignal;
}

/** What a party does; an async function where it makes a promise. */
export type Program = (party: Party) => void | Promise<void>;

/** A party after a history of results. */
export interface Node {
  readonly number: number;
  readonly status: 'at operation' | 'idle' | 'done' | 'failed';
  readonly operation: Operation | undefined;
  /** What happens if nothing else does: turns, timers and signals, by name. */
  readonly events: readonly string[];
  /** The time limit of each wait of `waitAsync` so far. */
  readonly limits: readonly number[];
  readonly inside: readonly string[];
  readonly facts: readonly string[];
  /** Numbers recorded since the node before. */
  readonly ordered: readonly number[];
  readonly error: unknown;
}

/**
 * What a party is taken to remember: the last value that it has seen of each word, and that which the functions named here
 * have loaded themselves; or all of it, so that no histories are joined.
 */
export type Memory = 'values' | readonly string[] | 'all';

interface Kept extends Node {
  /** Where in the code its operation stands. */
  readonly place: string;
  readonly history: readonly Entry[];
  readonly next: Map<string | number, Kept>;
}

// A task that nobody awaits is stopped like all others.
process.on('unhandledRejection', (error) => {
  if (!(error instanceof Stopped)) throw error;
});

/** The histories of one program. */
export class Histories {
  readonly #remembers: Memory;
  readonly #program: Program;
  readonly #id: number;
  readonly #memory: SharedWords;
  readonly #nodes = new Map<string, Kept>();

  /** @param words how many the memory has */
  constructor(program: Program, id: number, words: number, remembers: Memory) {
    this.#remembers = remembers;
    this.#program = program;
    this.#id = id;
    this.#memory = watched(memoryOf(Array.from({ length: words }, () => 0)));
  }

  /** The party before its first operation. */
  async start(): Promise<Node> {
    return this.#run([]);
  }

  /** The party at `node` after the result of its operation. */
  afterResult(node: Node, result: Result): Node | Promise<Node> {
    return (
      (node as Kept).next.get(result) ??
      this.#extend(node as Kept, result, {
        operation: node.operation!,
        result,
        place: (node as Kept).place,
      })
    );
  }

  /** The idle party at `node` after an event. */
  afterEvent(node: Node, event: string): Node | Promise<Node> {
    return (node as Kept).next.get(event) ?? this.#extend(node as Kept, event, { event });
  }

  #extend(node: Kept, key: string | number, entry: Entry): Kept | Promise<Kept> {
    const keep = (next: Kept): Kept => {
      node.next.set(key, next);
      return next;
    };
    const next = this.#run([...node.history, entry]);
    return next instanceof Promise ? next.then(keep) : keep(next);
  }

  #run(history: readonly Entry[]): Kept | Promise<Kept> {
    const mine = new Run(history);
    const resume = (act: () => void | Promise<void>): void | Promise<void> => {
      setRunning(mine);
      becomeThread(this.#id);
      Object.assign(globalThis, stepped);
      try {
        return act();
      } finally {
        Object.assign(globalThis, real);
      }
    };
    let running: void | Promise<void> = undefined;
    try {
      running = resume(() => this.#program(this.#partyOf(mine)));
    } catch (error) {
      mine.settled = 'failed';
      mine.error = error;
    }
    if (running === undefined) {
      mine.settled ??= 'done';
      return this.#kept(mine, history);
    }
    return this.#settle(mine, running, resume).then(() => this.#kept(mine, history));
  }

  /** Lets the tasks of an async program run until it is stopped or has nothing to do, and the history is at its end. */
  async #settle(mine: Run, running: Promise<void>, resume: (act: () => void) => void): Promise<void> {
    running.then(
      () => (mine.settled = 'done'),
      (error: unknown) => {
        mine.settled = 'failed';
        mine.error = error;
      },
    );
    // The microtasks of this run come before the immediate, and no other run begins before it.
    const drain = async (act: () => void): Promise<void> => {
      resume(act);
      Object.assign(globalThis, stepped);
      await new Promise<void>((resolve) => void real.setImmediate(resolve));
      Object.assign(globalThis, real);
    };
    await drain(() => {});
    for (let act; !mine.stopped && (act = mine.nextEvent()) !== undefined;) await drain(act);
  }

  #kept(mine: Run, history: readonly Entry[]): Kept {
    const { operation, inside, facts, ordered, limits } = mine;
    setRunning(undefined);
    // A `finally` of the stopped code may have changed what it recorded, and the settling, but not the operation.
    const status = operation === undefined ? (mine.settled ?? 'idle') : 'at operation';
    const events = status === 'idle' ? [...mine.happen.keys()].filter((event) => !event.startsWith('wait ')) : [];
    // Who is done, or waits for the next death, remembers nothing.
    const isOver = status === 'done' || operation?.name === 'death';
    const remembered = this.#remembers === 'all' ? history : isOver ? [] : rememberedOf(history, this.#remembers);
    const key = JSON.stringify([
      [status, String(mine.error), mine.place, operation, inside, facts, ordered, events, remembered],
      isOver ? [] : [mine.now, limits],
    ]);
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const number = this.#nodes.size;
    const { error } = mine;
    const next = new Map<string | number, Kept>();
    const node = {
      number,
      status,
      operation,
      events,
      limits,
      inside,
      facts,
      ordered,
      error,
      place: mine.place,
      history,
      next,
    } as const;
    this.#nodes.set(key, node);
    return node;
  }

  #partyOf(mine: Run): Party {
    /** What is recorded after the stop is the work of `finally` and `catch`. */
    const unlessStopped =
      <A extends unknown[]>(act: (...given: A) => void) =>
      (...given: A) => {
        if (!mine.stopped) act(...given);
      };
    return {
      id: this.#id,
      memory: this.#memory,
      enter: unlessStopped((tag: string) => mine.inside.push(tag)),
      leave: unlessStopped((tag: string) => mine.inside.splice(mine.inside.indexOf(tag), 1)),
      inOrder: unlessStopped((value: number) => mine.ordered.push(value)),
      note: unlessStopped((fact: string) => mine.facts.push(fact)),
      nextDeath: () => mine.operate({ name: 'death', word: 0, operands: [] }) as number,
      pause: () => void mine.operate({ name: 'pause', word: 0, operands: [] }),
      turn: () => new Promise((resolve) => mine.on('turn', resolve)),
      signal() {
        const controller = new AbortController();
        mine.on('abort', () => controller.abort(new Error('given up')));
        return controller.signal;
      },
    };
  }
}

/** Which of these functions does the load, itself or by a function of one line. */
function functionAt(functions: readonly string[], place: string): string | undefined {
  const frames = place.split('\n').filter((line) => line.includes('/src/'));
  return functions.find((name) => frames.slice(0, 2).some((frame) => frame.includes(`${name} (`)));
}

/** What a party may remember: since each event, what it has seen, and its last result. */
function rememberedOf(history: readonly Entry[], memory: Exclude<Memory, 'all'>): unknown[] {
  const remembered: unknown[] = [];
  let seen = new Map<string, Result>();
  const pause = history.findLastIndex((entry) => 'operation' in entry && entry.operation.name === 'pause');
  const addSeen = (): void => {
    remembered.push([...seen].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  };
  for (const entry of history.slice(pause + 1)) {
    if ('event' in entry) {
      addSeen();
      remembered.push(entry.event);
      seen = new Map();
    } else if (typeof entry.result === 'number' && entry.operation.name !== 'notify') {
      const { name, word } = entry.operation;
      const by = memory !== 'values' && name === 'load' ? functionAt(memory, entry.place) : undefined;
      seen.set(`${word} ${by ?? ''}`, entry.result);
    }
  }
  addSeen();
  const last = history.at(-1);
  remembered.push(last !== undefined && 'result' in last ? last.result : '');
  return remembered;
}
