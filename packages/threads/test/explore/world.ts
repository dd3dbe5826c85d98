// All parties and the words at one moment, and the steps that lead to the next.

import type { Histories, Node } from './histories.ts';
import type { Operation, Result } from './run.ts';

/** Who waits for a word: by `wait` (no number), by the nth `waitAsync` of its round, or by one of a round that is over. */
interface Waiter {
  readonly party: number;
  readonly word: number;
  readonly wait: number | 'sync' | 'nobody';
}

type Condition = 'awake' | 'asleep' | 'woken' | 'dead';

export interface World {
  readonly words: readonly number[];
  readonly at: readonly Node[];
  readonly rounds: readonly number[];
  readonly conditions: readonly Condition[];
  /** In the order in which `notify` wakes them. */
  readonly waiters: readonly Waiter[];
  /** Tasks that `notify` has woken and whose thread has not had time for them. */
  readonly notified: readonly Waiter[];
  /** The largest number that was recorded in order. */
  readonly ordered: number;
  /** Who was killed, in this order, and how many of them each party has heard of. */
  readonly deaths: readonly number[];
  readonly heard: readonly number[];
  /** What is wrong with the step that led here. */
  readonly wrong: string | undefined;
}

/** What may happen next: `result` ends a wait or an operation, `event` goes to a task. */
export interface Choice {
  readonly party: number;
  readonly kind: 'operate' | 'return' | 'event' | 'kill';
  readonly result?: Result;
  readonly event?: string;
  /** Whether others may rely on it: a time limit, an abort and a kill are no progress. */
  readonly progress: boolean;
}

export interface Parties {
  /** Of each party the histories of its rounds, one after the other. */
  readonly rounds: readonly (readonly Histories[])[];
  readonly starts: readonly (readonly Node[])[];
  readonly kills: number;
  /** Which parties may be killed. */
  readonly mortal: readonly boolean[];
  readonly words: readonly number[];
}

/** The world before the first step. */
export function firstWorld(parties: Parties): World {
  const each = <T>(value: T): T[] => parties.rounds.map(() => value);
  return {
    words: parties.words,
    at: parties.starts.map((starts) => starts[0]!),
    rounds: each(0),
    conditions: each('awake' as const),
    waiters: [],
    notified: [],
    ordered: -1,
    deaths: [],
    heard: each(0),
    wrong: undefined,
  };
}

/** The name of a party in a report. */
export function partyName(party: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + party);
}

/** Whether the two values of a word are equal, which holds 32 bits. */
const isWord = (word: number, value: number): boolean => word === (value | 0);

/** Everything that can happen in this world. */
export function choicesIn(world: World, parties: Parties): Choice[] {
  const choices: Choice[] = [];
  for (const [party, node] of world.at.entries()) {
    const condition = world.conditions[party]!;
    if (condition === 'dead') continue;
    const choose = (kind: Choice['kind'], progress: boolean, more: { result?: Result; event?: string } = {}): void => {
      choices.push({ party, kind, progress, ...more });
    };
    const { operation } = node;
    if (condition === 'asleep') {
      if (operation!.limit !== Infinity) choose('return', false, { result: 'timed-out' });
    } else if (condition === 'woken') {
      choose('return', true, { result: 'ok' });
      choose('return', true, { result: 'ok, late' });
    } else if (operation !== undefined) {
      if (operation.name !== 'death' || world.heard[party]! < world.deaths.length) choose('operate', true);
      if (isTimed(operation) && !isWord(world.words[operation.word]!, operation.operands[0]!)) {
        choose('operate', false, { result: 'not-equal, late' });
      }
    } else if (node.status === 'idle') {
      for (const event of node.events) choose('event', !event.startsWith('abort'), { event });
      for (const { wait, party: owner } of world.notified) {
        if (owner !== party) continue;
        choose('event', true, { event: `wait ${wait}: ok` });
        if (node.limits[wait as number] !== Infinity) choose('event', true, { event: `wait ${wait}: ok, late` });
      }
      for (const { wait, party: owner } of world.waiters) {
        if (owner === party && typeof wait === 'number' && node.limits[wait] !== Infinity) {
          choose('event', false, { event: `wait ${wait}: timed-out` });
        }
      }
    }
    if (parties.mortal[party] && node.status !== 'done' && world.deaths.length < parties.kills) choose('kill', false);
  }
  return choices;
}

/** Whether a party has nothing left to do, or only waits for deaths. */
export function isAtEnd(world: World, party: number): boolean {
  return (
    world.conditions[party] === 'dead' ||
    world.at[party]!.status === 'done' ||
    world.at[party]!.operation?.name === 'death'
  );
}

function isTimed({ name, limit }: Operation): boolean {
  return (name === 'wait' || name === 'waitAsync') && limit !== Infinity;
}

type Change = { -readonly [K in keyof World]: World[K] extends readonly (infer T)[] ? T[] : World[K] };

/** The world after a choice. */
export async function worldAfter(world: World, choice: Choice, parties: Parties): Promise<World> {
  const change: Change = {
    ...world,
    words: [...world.words],
    at: [...world.at],
    rounds: [...world.rounds],
    conditions: [...world.conditions],
    waiters: [...world.waiters],
    notified: [...world.notified],
    deaths: [...world.deaths],
    heard: [...world.heard],
  };
  const { party } = choice;
  const node = world.at[party]!;
  if (choice.kind === 'kill') {
    change.conditions[party] = 'dead';
    change.deaths.push(party);
    dropWaiters(change, (waiter) => waiter.party === party);
  } else if (choice.kind === 'event') {
    const wait = /^wait (\d+)/.exec(choice.event!)?.[1];
    dropWaiters(change, (waiter) => waiter.party === party && waiter.wait === Number(wait));
    await move(change, party, histories(change, party, parties).afterEvent(node, choice.event!), parties);
  } else if (choice.kind === 'return') {
    change.conditions[party] = 'awake';
    dropWaiters(change, (waiter) => waiter.party === party && waiter.wait === 'sync');
    await move(change, party, histories(change, party, parties).afterResult(node, choice.result!), parties);
  } else {
    const woken: Waiter[] = [];
    const result = choice.result ?? operate(change, party, node.operation!, woken);
    if (result !== undefined) {
      await move(change, party, histories(change, party, parties).afterResult(node, result), parties);
    }
    for (const waiter of woken) await wake(change, waiter, parties);
  }
  return change;
}

function histories(world: World, party: number, parties: Parties): Histories {
  return parties.rounds[party]![world.rounds[party]!]!;
}

function dropWaiters(change: Change, isGone: (waiter: Waiter) => boolean): void {
  change.waiters = change.waiters.filter((waiter) => !isGone(waiter));
  change.notified = change.notified.filter((waiter) => !isGone(waiter));
}

/** Does the operation to the words. Returns its result, undefined where the party falls asleep. */
function operate(change: Change, party: number, operation: Operation, woken: Waiter[]): Result | undefined {
  const { name, word, operands } = operation;
  const [first = 0, second = 0] = operands;
  const before = change.words[word]!;
  const set = (value: number): number => {
    change.words[word] = value | 0;
    return before;
  };
  switch (name) {
    case 'load':
    case 'read':
      return before;
    case 'store':
    case 'write':
      set(first);
      return first;
    case 'add':
      return set(before + first);
    case 'sub':
      return set(before - first);
    case 'and':
      return set(before & first);
    case 'or':
      return set(before | first);
    case 'xor':
      return set(before ^ first);
    case 'exchange':
      return set(first);
    case 'compareExchange':
      return before === (first | 0) ? set(second) : before;
    case 'notify':
      woken.push(...change.waiters.filter((waiter) => waiter.word === word).slice(0, first));
      return woken.length;
    case 'wait':
      if (!isWord(before, first)) return 'not-equal';
      change.conditions[party] = 'asleep';
      change.waiters.push({ party, word, wait: 'sync' });
      return undefined;
    case 'waitAsync':
      if (!isWord(before, first)) return 'not-equal';
      change.waiters.push({ party, word, wait: change.at[party]!.limits.length });
      return 'waits';
    case 'death':
      return change.deaths[change.heard[party]!++]! + 1;
    default:
      throw new Error(`Expected an operation of Atomics, got ${name}`);
  }
}

async function wake(change: Change, waiter: Waiter, parties: Parties): Promise<void> {
  const { party, wait } = waiter;
  change.waiters = change.waiters.filter((other) => other !== waiter);
  if (wait === 'nobody') return;
  if (wait !== 'sync') {
    change.notified.push(waiter);
  } else if (isTimed(change.at[party]!.operation!)) {
    change.conditions[party] = 'woken'; // in time or late: both are tried
  } else {
    change.conditions[party] = 'awake';
    await move(change, party, histories(change, party, parties).afterResult(change.at[party]!, 'ok'), parties);
  }
}

/** Puts a party where it is now, or at the start of its next round. */
async function move(change: Change, party: number, next: Node | Promise<Node>, parties: Parties): Promise<void> {
  const node = next instanceof Promise ? await next : next;
  change.at[party] = node;
  for (const value of node.ordered) {
    if (value <= change.ordered) change.wrong = `${value} came after ${change.ordered}`;
    change.ordered = value;
  }
  if (node.status === 'failed') change.wrong = String(node.error);
  const following = parties.starts[party]![change.rounds[party]! + 1];
  if (node.status !== 'done' || following === undefined) return;
  change.rounds[party]!++;
  change.waiters = change.waiters.map((waiter) => (waiter.party === party ? { ...waiter, wait: 'nobody' } : waiter));
  change.notified = change.notified.filter((waiter) => waiter.party !== party);
  await move(change, party, following, parties);
}

/** One string for each world that differs from others in what can happen after it. */
export function keyOf(world: World): string {
  const numbers: number[] = [world.ordered + 1];
  for (const word of world.words) numbers.push(word >>> 16, word & 0xffff);
  for (const [party, node] of world.at.entries()) {
    const condition = CONDITIONS.indexOf(world.conditions[party]!);
    numbers.push((world.rounds[party]! << 8) | (condition << 4) | world.heard[party]!);
    // Where a party was killed makes a difference only by what it was inside of.
    const place = condition === DEAD ? node.inside.length : node.number;
    numbers.push(place >>> 16, place & 0xffff);
  }
  for (const list of [world.waiters, world.notified]) {
    for (const { party, word, wait } of list) {
      numbers.push(party, word, wait === 'sync' ? 0xffff : wait === 'nobody' ? 0xfffe : wait);
    }
    numbers.push(0xffff, 0xffff);
  }
  numbers.push(...world.deaths);
  return String.fromCharCode(...numbers);
}

const CONDITIONS: readonly Condition[] = ['awake', 'asleep', 'woken', 'dead'];
const DEAD = CONDITIONS.indexOf('dead');
