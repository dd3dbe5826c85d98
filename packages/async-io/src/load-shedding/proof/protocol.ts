// What is said between the proof and its servers.

/** What the server does for a request, and what it refuses. */
export type Setting = 'waiting' | 'waiting, shed' | 'computing' | 'computing, shed' | 'computing, by utilisation';

/** Requests that are worked on at once, by a handler that waits. */
export const SLOTS = 2;

/** ms that a request takes: waiting, or computing. */
export const WAITING_MS = 20;
export const COMPUTING_MS = 10;

/** Limits of `shed`. */
export const MOST_PENDING = 2 * SLOTS;
export const MOST_BUSY_MS = 50;

/** How often the utilisation of the event loop is looked at, ms, and from where on all is refused until the next look. */
export const SAMPLE_MS = 100;
export const MOST_UTILISATION = 0.98;

/** Of health checks, that no server refuses and that take no time. */
export const HEALTH = '/health';

/** To the server: how it is to go on; as it does where that is left out. */
export interface Order {
  readonly setting?: Setting;
}

/** ms for which the server's thread has waited for a core so far; undefined where the system does not say. */
export interface Reply {
  readonly waited: number | undefined;
}
