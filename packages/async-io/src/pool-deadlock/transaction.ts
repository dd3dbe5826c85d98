// What a transaction hands down in place of the pool: its own connection, for as long as the transaction is open.

import type { QueryResult, QueryResultRow } from 'pg';

/** What a pool and a transaction have in common: a function that takes one never asks for a second connection. */
export interface Database {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>>;
}

/** Work inside of a transaction. It has to end soon after the signal aborts; its queries do so by themselves. */
export type Work<T> = (transaction: Transaction, signal: AbortSignal) => T | Promise<T>;

/** A query after its end, or while a nested one is open, is refused: it would not be part of what it was meant for. */
export class Transaction implements Database {
  readonly #send: Database['query'];
  readonly #signal: AbortSignal;
  readonly #parent: Transaction | undefined;
  #state: 'open' | 'lent' | 'ended' = 'open';

  constructor(send: Database['query'], signal: AbortSignal, parent?: Transaction) {
    this.#send = send;
    this.#signal = signal;
    this.#parent = parent;
  }

  /** Rejects where this transaction has ended, or a nested one is open. Queries are sent one after another. */
  async query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<Row>> {
    this.#expectOpen();
    return await this.#send<Row>(text, values);
  }

  /** Runs `work` in it, and ends it, whatever comes of that. @throws Error where `work` has left a nested one open */
  async run<T>(work: Work<T>): Promise<T> {
    try {
      const result = await work(this, this.#signal);
      if (this.#state === 'lent') throw new Error('Expected the nested transaction to be awaited, it is still open');
      return result;
    } finally {
      this.#state = 'ended';
    }
  }

  /**
   * Runs `work` behind a savepoint on the same connection. Where it fails, what it did is undone, and the transaction
   * around it can go on.
   */
  async nested<T>(work: Work<T>): Promise<T> {
    this.#expectOpen();
    const savepoint = `nested_${this.#depth}`; // one at a time, so that a depth has one name
    const inner = new Transaction(this.#send, this.#signal, this);
    this.#state = 'lent';
    try {
      await this.#send(`savepoint ${savepoint}`);
      const result = await inner.run(work);
      await this.#send(`release savepoint ${savepoint}`);
      return result;
    } catch (error) {
      // Where this fails too the connection is gone, and the first error says why.
      await this.#send(`rollback to savepoint ${savepoint}; release savepoint ${savepoint}`).catch(() => {});
      throw error;
    } finally {
      if (!this.#isEnded) this.#state = 'open';
    }
  }

  get #depth(): number {
    return this.#parent === undefined ? 1 : this.#parent.#depth + 1;
  }

  get #isEnded(): boolean {
    return this.#state === 'ended' || (this.#parent !== undefined && this.#parent.#isEnded);
  }

  #expectOpen(): void {
    if (this.#isEnded) throw new Error('Expected the transaction to be open, it has ended');
    if (this.#state === 'lent') throw new Error('Expected no nested transaction to be open, there is one');
  }
}
