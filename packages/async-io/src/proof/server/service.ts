// From a request to its answer, or to what is done wrong on purpose.

import type { Behaviour } from './behaviour.ts';
import { Tally } from './counts.ts';
import { documentOf } from './document.ts';
import { fateOf, slowdownAt } from './fate.ts';
import type { Fault } from './fate.ts';
import { Gate } from './gate.ts';

/** What HTTP/1.1 and HTTP/2 have in common of a response, and how its connection or stream is broken off. */
export interface Exchange {
  readonly url: string;
  writeHead(status: number, headers: Record<string, string | number>): unknown;
  write(chunk: Buffer, written?: () => void): unknown;
  end(body: Buffer): unknown;
  /** The answer has gone out whole. */
  onFinish(listener: () => void): unknown;
  /** The exchange is over, whole or not. */
  onClose(listener: () => void): unknown;
  breakOff(fault: 'reset' | 'cut'): unknown;
}

/** The server without its sockets. Its tally and its behaviour are replaced together. */
export class Service {
  readonly behaviour: Behaviour;
  readonly tally = new Tally();
  readonly #gate: Gate;
  #present = 0;
  #isStopping = false;

  constructor(behaviour: Behaviour) {
    this.behaviour = behaviour;
    this.#gate = new Gate(behaviour);
  }

  /** Between `stop` and `start` an exchange that breaks off is not counted as the client's doing. */
  stop(): void {
    this.#isStopping = true;
  }

  start(): void {
    this.#isStopping = false;
  }

  handle(exchange: Exchange): void {
    const number = Number(/^\/document\/(\d+)$/.exec(exchange.url)?.[1] ?? NaN);
    const { tally } = this;
    const over = new AbortController();
    let isBroken = false; // by us
    let isAnswered = false;
    const breakOff = (): void => void (isBroken = true);

    tally.request(number);
    tally.most('mostInFlight', ++this.#present);
    exchange.onFinish(() => {
      if (isBroken || over.signal.aborted) return; // HTTP/2 says so of a stream that is broken off too
      isAnswered = true;
      tally.count('answered');
    });
    exchange.onClose(() => {
      this.#present--;
      over.abort();
      if (!isAnswered && !isBroken && !this.#isStopping) tally.count('closedByClient');
    });
    if (Number.isNaN(number)) return this.#answer(exchange, 404);

    const leave = this.#gate.enter(() => this.#work(exchange, number, over.signal, breakOff));
    if (!leave) return this.#refuse(exchange);
    exchange.onClose(leave);
    tally.most('mostWaiting', this.#gate.waiting);
  }

  #refuse(exchange: Exchange): void {
    const { retryAfter } = this.behaviour;
    if (retryAfter === undefined) this.#answer(exchange, 503);
    else this.#answer(exchange, 429, { 'retry-after': retryAfter });
  }

  #work(exchange: Exchange, number: number, over: AbortSignal, breakOff: () => void): void {
    const { behaviour, tally } = this;
    tally.most('mostInWork', this.#gate.inside);
    const { fault, delay } = fateOf(behaviour, number, tally.attempt(number));
    const time = delay * slowdownAt(behaviour.overload, this.#present);
    const finish = (): void => {
      if (fault !== undefined) tally.fault(fault);
      if (fault === 'error') return this.#answer(exchange, 500);
      if (fault !== undefined) breakOff();
      if (fault === 'reset') exchange.breakOff('reset');
      else this.#send(exchange, documentOf(number, behaviour.bodyBytes), fault, over);
    };
    if (time === 0) return finish();
    const timer = setTimeout(finish, time);
    over.addEventListener('abort', () => clearTimeout(timer));
  }

  #answer(exchange: Exchange, status: number, headers: Record<string, string | number> = {}): void {
    this.tally.status(status);
    const body = Buffer.from(`${status}\n`);
    exchange.writeHead(status, { 'content-type': 'text/plain', 'content-length': body.length, ...headers });
    exchange.end(body);
  }

  #send(exchange: Exchange, body: Buffer, fault: Fault | undefined, over: AbortSignal): void {
    this.tally.status(200);
    exchange.writeHead(200, { 'content-type': 'text/plain', 'content-length': body.length });
    const sent = fault === 'cut' ? body.subarray(0, body.length >> 1) : body;
    const end = (rest: Buffer): void => {
      if (fault === 'cut') exchange.write(rest, () => exchange.breakOff('cut'));
      else exchange.end(rest);
    };
    const { chunkBytes, pause } = this.behaviour.slowBody ?? { chunkBytes: Infinity, pause: 0 };
    const sendFrom = (at: number): void => {
      if (at + chunkBytes >= sent.length) return end(sent.subarray(at));
      exchange.write(sent.subarray(at, at + chunkBytes));
      const timer = setTimeout(() => sendFrom(at + chunkBytes), pause);
      over.addEventListener('abort', () => clearTimeout(timer), { once: true });
    };
    sendFrom(0);
  }
}
