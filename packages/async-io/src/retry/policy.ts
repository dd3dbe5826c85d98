// What may be tried again, and when. Pure: no clock, no timer, no network.

/** Methods that leave the server as if they had come once, however often they come (RFC 9110, section 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** Answers of a server, or of a proxy before it, that may be different in a moment. */
const PASSING_STATUSES = new Set([408, 429, 500, 502, 503, 504]);

/** The connection was refused or broke off; the UND_ERR_ codes are undici's. */
const PASSING_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN', // the name could not be looked up for the moment
  'UND_ERR_SOCKET', // the other side closed, in the middle of a body too
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

/** Why an attempt failed: the status of an answer, or the code of an error. */
export interface Failure {
  readonly status?: number;
  readonly code?: string;
  /** Of the answer's Retry-After, ms. */
  readonly retryAfter?: number;
}

/** Whether another attempt is allowed, and may come out better. */
export function mayRetry(method: string, { status, code }: Failure): boolean {
  if (!IDEMPOTENT.has(method)) return false; // it may have been done already, and would be done twice
  return status === undefined ? code !== undefined && PASSING_CODES.has(code) : PASSING_STATUSES.has(status);
}

export interface BackOff {
  /** The longest wait before the second attempt; it doubles with each further one, up to `most`. ms */
  readonly base: number;
  readonly most: number;
}

/**
 * ms to wait before the next attempt: anything from 0 to a limit that doubles. Clients that failed together do not come
 * back together ("full jitter": M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015). What the
 * server asks for with Retry-After is the least.
 *
 * @param failed how many attempts have failed, from 1
 * @param chance from 0 to below 1
 */
export function waitBefore(
  { base, most }: BackOff,
  failed: number,
  chance: number,
  { retryAfter = 0 }: Failure,
): number {
  return Math.max(retryAfter, chance * Math.min(most, base * 2 ** (failed - 1)));
}

/**
 * The ms that a Retry-After header asks for, from seconds or from a date (RFC 9110, section 10.2.3); undefined where it
 * says neither.
 */
export function parseRetryAfter(header: string | string[] | undefined, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  if (/^\d+$/.test(header)) return Number(header) * 1_000;
  const date = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
