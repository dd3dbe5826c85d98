// What the server saw and did since it was last reset.

import { waitingTime } from '@cookbook/lab/task';
import type { Fault } from './fate.ts';

export interface ServerCounts {
  /** Requests that came. */
  readonly requests: number;
  /** Different documents among them. */
  readonly documents: number;
  /** Responses that went out whole, whatever their status. */
  readonly answered: number;
  readonly byStatus: Readonly<Record<number, number>>;
  /** What was done wrong on purpose. An error is answered; a reset and a cut are not. */
  readonly faults: Readonly<Record<Fault, number>>;
  /** Requests whose client was gone before it had the answer. */
  readonly closedByClient: number;
  /** Connections that were opened, and the most that were open at once. */
  readonly sockets: number;
  readonly mostSockets: number;
  /** The most requests that were there at once and not yet answered, those that waited included. */
  readonly mostInFlight: number;
  /** The most that were worked on at once, and the most that waited. */
  readonly mostInWork: number;
  readonly mostWaiting: number;
  /** CPU time of the server's process, ms. */
  readonly cpu: number;
  /** Time for which the server's main thread had no core, ms; undefined where the system does not say. */
  readonly waited: number | undefined;
}

type Counter = 'requests' | 'answered' | 'closedByClient' | 'sockets';
type Most = 'mostSockets' | 'mostInFlight' | 'mostInWork' | 'mostWaiting';

/** Counts from its making on. */
export class Tally {
  readonly #counters: Record<Counter, number> = { requests: 0, answered: 0, closedByClient: 0, sockets: 0 };
  readonly #most: Record<Most, number> = { mostSockets: 0, mostInFlight: 0, mostInWork: 0, mostWaiting: 0 };
  readonly #byStatus: Record<number, number> = {};
  readonly #faults: Record<Fault, number> = { error: 0, reset: 0, cut: 0 };
  readonly #cpu = process.cpuUsage();
  readonly #waited = waitingTime();
  /** How many requests for each document were taken on: the next one's attempt. */
  readonly #attempts = new Map<number, number>();
  readonly #documents = new Set<number>();

  count(what: Counter): void {
    this.#counters[what]++;
  }

  most(what: Most, now: number): void {
    this.#most[what] = Math.max(this.#most[what], now);
  }

  status(status: number): void {
    this.#byStatus[status] = (this.#byStatus[status] ?? 0) + 1;
  }

  fault(fault: Fault): void {
    this.#faults[fault]++;
  }

  /** @param document NaN where another thing than a document was asked for */
  request(document: number): void {
    this.count('requests');
    if (!Number.isNaN(document)) this.#documents.add(document);
  }

  /** How many requests for the document were taken on before this one. */
  attempt(document: number): number {
    const attempt = this.#attempts.get(document) ?? 0;
    this.#attempts.set(document, attempt + 1);
    return attempt;
  }

  counts(): ServerCounts {
    const { user, system } = process.cpuUsage(this.#cpu);
    const waited = waitingTime();
    return {
      ...this.#counters,
      ...this.#most,
      documents: this.#documents.size,
      byStatus: { ...this.#byStatus },
      faults: { ...this.#faults },
      cpu: (user + system) / 1_000,
      waited: waited === undefined || this.#waited === undefined ? undefined : waited - this.#waited,
    };
  }
}
