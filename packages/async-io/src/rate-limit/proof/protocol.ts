// What is said between the proof and its server.

export interface ServerOptions {
  /** Requests that it takes on in any second. */
  readonly mostASecond: number;
  /** ms that a request is worked on. */
  readonly work: number;
}

export interface ServerReport {
  /** When the requests came, ms. */
  readonly arrivals: readonly number[];
  /** ms from the client's start of each to there. */
  readonly transits: readonly number[];
  /** How many were answered 429. */
  readonly refused: number;
}

/** ms by the clock that all processes share. */
export const SENT = 'x-sent';
