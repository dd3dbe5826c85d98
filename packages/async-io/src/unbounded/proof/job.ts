// What the client's process is asked to do, and what it reports.

export interface Job {
  readonly origin: string;
  readonly requests: number;
  /** Requests in flight at once; none for no limit. */
  readonly width: number | undefined;
  /** An answer later than that is of no use, ms. */
  readonly deadline: number;
}

/** What may become of a request. */
export const OUTCOMES = ['good', 'late', 'refused', 'no descriptor', 'other'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Report {
  readonly counts: Readonly<Record<Outcome, number>>;
  /** When each outcome was first seen, ms from the start; without those that were not. */
  readonly firstAt: Readonly<Partial<Record<Outcome, number>>>;
  /** Of the last answer that came, ms. */
  readonly slowest: number;
  /** Objects and buffers while the requests are under way, KiB for each of them. */
  readonly memory: number;
  /** 'read' where this process could read a file meanwhile, else the code of the error. */
  readonly file: string;
  readonly wall: number;
}

/** Why there is no report. */
export interface Failure {
  readonly failure: string;
}
