// All parties and the words at one moment, and the steps that lead to the next.

import type { Histories, Node } from './stepping/histories.ts';
import type { Operation, Result } from './stepping/run.ts';
import type { Sharing } from './sharing.ts';

/** Who waits for a word: by `wait` (no number), by the nth `waitAsync` of its round, or by one of a round that is over. */
interface Waiter {
  readonly party: number;
  readonly word: number;
  readonly wait: number | 'sync' | 'nobody';
}

export type Condition = 'awake' | 'asleep' | 'woken' | 'dead';

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
  /** Their `threadId`s. */
  readonly ids: readonly number[];
  readonly kills: number;
  /** Which parties may be killed. */
  readonly mortal: readonly boolean[];
  readonly words: readonly number[];
  /** Which words more than one party uses and one changes, as far as is known. */
  readonly sharing: Sharing;
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
    const result = choice.result ?? operate(change, party, node.operation!, woken, parties);
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
function operate(
  change: Change,
  party: number,
  operation: Operation,
  woken: Waiter[],
  parties: Parties,
): Result | undefined {
  const before = change.words[operation.word]!;
  const result =
    operation.name === 'death'
      ? parties.ids[change.deaths[change.heard[party]!++]!]
      : operateOn(change, party, operation, woken);
  const isSeen = WAKES.has(operation.name) || before !== change.words[operation.word];
  if (operation.name !== 'death' && operation.name !== 'pause') parties.sharing.note(party, operation.word, isSeen);
  return result;
}

const WAKES: ReadonlySet<string> = new Set(['wait', 'waitAsync', 'notify']);

function operateOn(change: Change, party: number, operation: Operation, woken: Waiter[]): Result | undefined {
  const { name, word, operands } = operation;
  const [first = 0, second = 0] = operands;
  const before = change.words[word]!;
  const set = (value: number): number => {
    change.words[word] = value | 0;
    return before;
  };
  switch (name) {
    case 'pause':
      return 'ok';
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
  let node = next instanceof Promise ? await next : next;
  arrive(change, party, node);
  // What nobody sees is done at once, unless the party leaves by it.
  for (let n = 0; isUnseen(change, node.operation, parties); n++) {
    if (n === MOST_UNSEEN) throw new Error(`Expected ${partyName(party)} not to repeat what nobody sees`);
    const { word } = node.operation!;
    const value = change.words[word]!;
    const result = operate(change, party, node.operation!, [], parties)!;
    const after = await histories(change, party, parties).afterResult(node, result);
    if (after.inside.length < node.inside.length) {
      change.words[word] = value;
      break;
    }
    arrive(change, party, after);
    node = after;
  }
  const following = parties.starts[party]![change.rounds[party]! + 1];
  if (node.status !== 'done' || following === undefined) return;
  change.rounds[party]!++;
  change.waiters = change.waiters.map((waiter) => (waiter.party === party ? { ...waiter, wait: 'nobody' } : waiter));
  change.notified = change.notified.filter((waiter) => waiter.party !== party);
  await move(change, party, following, parties);
}

const MOST_UNSEEN = 1_000;

function arrive(change: Change, party: number, node: Node): void {
  change.at[party] = node;
  for (const value of node.ordered) {
    if (value <= change.ordered) change.wrong = `${value} came after ${change.ordered}`;
    change.ordered = value;
  }
  if (node.status === 'failed') change.wrong = String(node.error);
}

/** Whether an operation makes no difference to other parties. */
function isUnseen({ waiters }: World, operation: Operation | undefined, { sharing }: Parties): boolean {
  if (operation === undefined || sharing.isShared(operation.word)) return false;
  if (operation.name === 'notify') return waiters.every(({ word }) => word !== operation.word);
  return !['wait', 'waitAsync', 'death', 'pause'].includes(operation.name);
}
