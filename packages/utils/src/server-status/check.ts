import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import { codeOf, Found, OutOfTime, stateOf } from './state.ts';
import type { State, Step } from './state.ts';
import { ask } from './steps/ask.ts';
import { connect } from './steps/connect.ts';
import { withResolve } from './steps/names.ts';
import type { Resolve } from './steps/names.ts';
import { orAbort } from './steps/or-abort.ts';
import { secure } from './steps/secure.ts';
import type { Secured } from './steps/secure.ts';
import type { Target } from './target.ts';

export interface CheckOptions {
  /** ms for all steps of a server together, above 0. */
  readonly timeout: number;
  /** Ends the checks that run and starts no other. */
  readonly signal?: AbortSignal | undefined;
  /** Certificates in PEM to trust instead of those that Node comes with. */
  readonly ca?: string | undefined;
  /** Goes on to HTTP under a certificate that cannot be accepted, which is reported beside the state. */
  readonly insecure?: boolean | undefined;
  /** Ranges of statuses that are up, both ends included; where it is left out, all below 500 but 101. */
  readonly expect?: readonly StatusRange[] | undefined;
  /** Finds addresses; a child process asks the system where it is left out. */
  readonly resolve?: Resolve | undefined;
}

export type StatusRange = readonly [least: number, most: number];

export interface Status {
  readonly target: Target;
  readonly state: State;
  /** Time of each step, ms; a step that was not reached, or not needed, is missing. A failed step counts too. */
  readonly times: Readonly<Partial<Record<Step, number>>>;
  /** The code of the error, or what a reader needs beside the state. */
  readonly detail?: string;
  readonly address?: string;
  readonly tls?: {
    readonly protocol: string;
    readonly validTo: Date;
    readonly daysLeft: number;
    /** Why the certificate cannot be accepted, as a code. */
    readonly problem?: string;
  };
  readonly http?: number;
  /** Where the page has moved to. */
  readonly redirect?: string;
}

/** A timer of Node that is longer fires at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * Checks one server, step by step, until one fails.
 *
 * @throws RangeError where the timeout is none; the reason of the signal when it is aborted; whatever the server does is a state, not an error
 */
export async function checkServer(target: Target, options: CheckOptions): Promise<Status> {
  expectTimeout(options.timeout);
  return withResolve([target.host], options.resolve, 1, options.signal, (resolve) =>
    checkResolved(target, { ...options, resolve }),
  );
}

/** @throws RangeError where a timer would not keep the timeout */
function expectTimeout(timeout: number): void {
  if (timeout > 0 && timeout <= LONGEST) return;
  throw new RangeError(`Expected \`timeout\` to be a number above 0 and at most ${LONGEST}, got ${timeout}`);
}

async function checkResolved(target: Target, options: CheckOptions & { readonly resolve: Resolve }): Promise<Status> {
  const { timeout, signal, ca, insecure = false, expect, resolve } = options;
  signal?.throwIfAborted();
  const outOfTime = new AbortController();
  const timer = setTimeout(() => outOfTime.abort(new OutOfTime(`no answer in ${timeout} ms`)), timeout);
  const either = signal ? AbortSignal.any([signal, outOfTime.signal]) : outOfTime.signal;

  const times: Partial<Record<Step, number>> = {};
  const seen: { address?: string; tls?: NonNullable<Status['tls']> } = {};
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
    if (addresses.length === 0) throw new Found('no-such-name', 'no address');
    socket = await timed('tcp', () => connect(addresses, target.port, either));
    if (socket.remoteAddress !== undefined) seen.address = socket.remoteAddress;
    const plain = socket;
    if (target.protocol === 'https') {
      const onSecured = ({ problem, ...secured }: Secured): void => {
        const daysLeft = Math.floor((secured.validTo.getTime() - Date.now()) / 86_400_000);
        seen.tls = { ...secured, daysLeft, ...(problem !== undefined && { problem }) };
      };
      socket = await timed('tls', () => secure(plain, target, { ca, insecure }, onSecured, either));
    }
    if (target.protocol === 'tcp') return { target, state: 'up', times, ...seen };

    const connection = socket;
    const answer = await timed('http', () => ask(connection, target, either));
    return { target, state: stateOfStatus(answer.http, expect), times, ...seen, ...answer };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = outOfTime.signal.aborted ? outOfTime.signal.reason : error;
    return { target, state: stateOf(step, reason), times, ...seen, detail: codeOf(reason) };
  } finally {
    clearTimeout(timer);
    socket?.destroy();
  }
}

function stateOfStatus(http: number, expect: readonly StatusRange[] | undefined): State {
  if (expect?.some(([least, most]) => http >= least && http <= most)) return 'up';
  if (http >= 500) return 'server-error';
  if (http === 101) return 'switches-protocol';
  return expect === undefined ? 'up' : 'unexpected-status';
}
