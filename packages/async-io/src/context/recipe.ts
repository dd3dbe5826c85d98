// Claim      A request's AsyncLocalStorage survives await, timers, Promise.all and p-limit. A listener on a shared connection
//            sees the request that opened it; a worker sees none unless it is posted.
// Mechanism  A callback runs in the context of whoever made what calls it.
// Use when   logs, traces or tenants follow a request.
// Do not     hide parameters in it.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/async-io/src/main.ts context

import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import type { MessagePort, Worker } from 'node:worker_threads';

/** What follows a request. */
export interface RequestContext {
  readonly id: number;
}

const requests = new AsyncLocalStorage<RequestContext>();

/** Runs `work`, and all that it starts, as part of the request. */
export function inRequest<T>(context: RequestContext, work: () => T): T {
  return requests.run(context, work);
}

/** The request that is being worked on; undefined outside of all. */
export function currentRequest(): RequestContext | undefined {
  return requests.getStore();
}

type Listener = (...args: readonly unknown[]) => void;

/** Broken: a socket that is kept calls its listeners in the context of the request that opened it. */
export function hear(connection: EventEmitter, event: string, listener: Listener): void {
  connection.once(event, listener);
}

/** Mended: the listener keeps the context in which it was added. */
export function hearBound(connection: EventEmitter, event: string, listener: Listener): void {
  connection.once(event, AsyncLocalStorage.bind(listener));
}

/** Functions that are run one after another by a loop that began outside of all requests. */
export class Queue {
  readonly #tasks: (() => void)[] = [];
  #isRunning = false;

  /** Broken: the task runs in the context of the one that woke the loop. */
  add(task: () => void): void {
    this.#tasks.push(task);
    if (!this.#isRunning) void this.#run();
  }

  /** Mended, as p-limit does. */
  addBound(task: () => void): void {
    this.add(AsyncLocalStorage.bind(task));
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let task; (task = this.#tasks.shift()) !== undefined; await Promise.resolve()) task();
    this.#isRunning = false;
  }
}

interface Posted {
  readonly context: RequestContext | undefined;
  readonly message: unknown;
}

/** Posts a message together with the request; `listen` is the other side. */
export function post(to: { postMessage(message: object): void }, message: unknown): void {
  to.postMessage({ context: currentRequest(), message } satisfies Posted);
}

/** Calls the listener with each message of `post`, as part of the request that it belongs to. */
export function listen(from: Worker | MessagePort, listener: (message: unknown) => void): void {
  from.on('message', ({ context, message }: Posted) => {
    if (context === undefined) listener(message);
    else inRequest(context, () => listener(message));
  });
}
