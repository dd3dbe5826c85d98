import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { codeOf, OutOfTime, stateOf } from './state.ts';
import type { State, Step } from './state.ts';
import { ask, connect, resolveAsSystem, secure } from './steps.ts';
import type { Resolve } from './steps.ts';
import type { Target } from './target.ts';

export interface CheckOptions {
  /** ms for all steps of a server together, above 0. */
  readonly timeout: number;
  /** Ends the checks that run and starts no other. */
  readonly signal?: AbortSignal | undefined;
  /** Certificates in PEM to trust instead of those that Node comes with. */
  readonly ca?: string | undefined;
  readonly resolve?: Resolve | undefined;
}

export interface Status {
  readonly target: Target;
  readonly state: State;
  /** Time of each step, ms; a step that was not reached, or not needed, is missing. A failed step counts too. */
  readonly times: Readonly<Partial<Record<Step, number>>>;
  /** The code of the error, or what a reader needs beside the state. */
  readonly detail?: string;
  readonly address?: string;
  readonly tls?: { readonly protocol: string; readonly validTo: Date; readonly daysLeft: number };
  readonly http?: number;
}

/** A timer of Node that is longer fires at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Checks one server, step by step, until one fails.
 *
 * @throws RangeError where the timeout is none; the reason of the signal when it is aborted; whatever the server does is a state, not an error
 */
export async function checkServer(target: Target, options: CheckOptions): Promise<Status> {
  const { timeout, signal, ca, resolve = resolveAsSystem } = options;
  if (!(timeout > 0 && timeout <= LONGEST)) {
    throw new RangeError(`Expected \`timeout\` to be a number above 0 and at most ${LONGEST}, got ${timeout}`);
  }
  signal?.throwIfAborted();
  const outOfTime = new AbortController();
  const timer = setTimeout(() => outOfTime.abort(new OutOfTime(`no answer in ${timeout} ms`)), timeout);
  const either = signal ? AbortSignal.any([signal, outOfTime.signal]) : outOfTime.signal;

  const times: Partial<Record<Step, number>> = {};
  const seen: { address?: string; tls?: NonNullable<Status['tls']>; http?: number } = {};
  let step: Step = 'dns';
  let socket: Socket | undefined;
  async function timed<T>(name: Step, work: () => Promise<T>): Promise<T> {
    step = name;
    const start = performance.now();
    try {
      return await work();
    } finally {
      times[name] = performance.now() - start;
    }
  }

  try {
    const family = isIP(target.host);
    const addresses =
      family > 0 ? [{ address: target.host, family }] : await timed('dns', () => orAbort(resolve(target.host), either));
    socket = await timed('tcp', () => connect(addresses, target.port, either));
    if (socket.remoteAddress !== undefined) seen.address = socket.remoteAddress;
    const plain = socket;
    if (target.protocol === 'https') {
      const onSecured = ({ protocol, validTo }: { protocol: string; validTo: Date }): void => {
        seen.tls = { protocol, validTo, daysLeft: Math.floor((validTo.getTime() - Date.now()) / 86_400_000) };
      };
      socket = await timed('tls', () => secure(plain, target, ca, onSecured, either));
    }
    if (target.protocol === 'tcp') return { target, state: 'up', times, ...seen };

    const connection = socket;
    seen.http = await timed('http', () => ask(connection, target, either));
    return { target, state: seen.http < 500 ? 'up' : 'server-error', times, ...seen };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = outOfTime.signal.aborted ? outOfTime.signal.reason : error;
    return { target, state: stateOf(step, reason), times, ...seen, detail: codeOf(reason) };
  } finally {
    clearTimeout(timer);
    socket?.destroy();
  }
}

/** The lookup of a name cannot be cancelled: it goes on by itself, and its result is dropped. */
function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const abort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  return promise;
}
