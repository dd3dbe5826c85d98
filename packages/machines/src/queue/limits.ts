// The figures that decide how large a job may be, and how soon a lost one is taken up.

/** Bytes of one input, of one output, and of all inputs of a job, as JSON. What is larger is passed by reference. */
export const MOST_BYTES: number = 2 ** 20;

/** Bytes of the outputs of one job that a batch of the automatic size is expected to have. */
export const MOST_OUTPUT_BYTES: number = 4 * 2 ** 20;

/** ms for which a job belongs to a worker that says nothing more; it says so every half of that. */
export const LEASE_MS = 10_000;

/** How often a job may lose its worker before it is reported as failed. Each input of a batch then gets a job of its own. */
export const MOST_LOSSES = 2;

/** ms until a worker tries again to reach a database that is away. BullMQ's own 15,000 would add to every restart. */
export const RETRY_MS = 1_000;

/** ms between two looks of a worker for runs that have begun or ended. */
export const LOOK_FOR_RUNS_MS = 250;

/** ms for which a database may be away before a run is given up. */
export const PATIENCE_MS = 60_000;
