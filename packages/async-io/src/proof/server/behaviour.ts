// How the server behaves: how long it takes, how much it takes on, and what it does wrong, on purpose and counted.

import { BODY_BYTES } from './document.ts';

export interface Behaviour {
  /** ms that a request is worked on: a wait, that takes no CPU time. */
  readonly delay: number;
  /** The delay varies by up to this share of it, either way, from 0 to 1. */
  readonly jitter: number;
  /** Share of the requests that are answered 500. */
  readonly errorRate: number;
  /** Share of the requests whose socket is reset before an answer. */
  readonly resetRate: number;
  /** Share of the bodies that end half-way, though their whole length was promised. */
  readonly cutRate: number;
  /** Requests that are worked on at once. */
  readonly width: number;
  /** Requests that may wait for that; one more is refused. */
  readonly queue: number;
  /** Where it is set, a refusal is 429 with Retry-After, in whole seconds; otherwise 503. */
  readonly retryAfter: number | undefined;
  readonly overload: Overload | undefined;
  readonly slowBody: SlowBody | undefined;
  readonly bodyBytes: number;
  /** Of the jitter and the faults: what happens to a document's nth request follows from it. */
  readonly seed: number;
}

/** How the work gets slower where more than `width` requests are there, those that wait included. */
interface Overload {
  readonly width: number;
  /** Each further `width` of requests adds so many delays to a request's own; 1 keeps the throughput as it was. */
  readonly slowdown: number;
}

/** A body in chunks. */
interface SlowBody {
  readonly chunkBytes: number;
  /** ms between two chunks. */
  readonly pause: number;
}

const DEFAULT_BEHAVIOUR: Behaviour = {
  delay: 0,
  jitter: 0,
  errorRate: 0,
  resetRate: 0,
  cutRate: 0,
  width: Infinity,
  queue: Infinity,
  retryAfter: undefined,
  overload: undefined,
  slowBody: undefined,
  bodyBytes: BODY_BYTES,
  seed: 1,
};

/**
 * The behaviour with what it leaves out.
 *
 * @throws RangeError where a value makes no sense
 */
export function completeBehaviour(partial: Partial<Behaviour>): Behaviour {
  const behaviour = { ...DEFAULT_BEHAVIOUR, ...partial };
  const { overload, slowBody, retryAfter } = behaviour;
  expectNumber('delay', behaviour.delay, 0, 60_000);
  for (const share of ['jitter', 'errorRate', 'resetRate', 'cutRate'] as const) {
    expectNumber(share, behaviour[share], 0, 1);
  }
  const faults = behaviour.errorRate + behaviour.resetRate + behaviour.cutRate;
  if (faults > 1) throw new RangeError(`Expected the shares of faults to add up to at most 1, got ${faults}`);
  if (behaviour.width !== Infinity) expectInteger('width', behaviour.width, 1);
  if (behaviour.queue !== Infinity) expectInteger('queue', behaviour.queue, 0);
  expectInteger('bodyBytes', behaviour.bodyBytes, 1);
  if (retryAfter !== undefined) expectInteger('retryAfter', retryAfter, 0);
  if (overload) {
    expectInteger('overload.width', overload.width, 1);
    expectNumber('overload.slowdown', overload.slowdown, 0, 1_000);
  }
  if (slowBody) {
    expectInteger('slowBody.chunkBytes', slowBody.chunkBytes, 1);
    expectNumber('slowBody.pause', slowBody.pause, 0, 60_000);
  }
  return behaviour;
}

function expectNumber(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new RangeError(`Expected \`${name}\` to be a number from ${least} to ${most}, got ${value}`);
}

function expectInteger(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(`Expected \`${name}\` to be an integer from ${least} up, got ${value}`);
}
