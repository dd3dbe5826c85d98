// A watchdog: work that threads may never finish, such as under a lock that is not given back, is not awaited for ever.

/**
 * The result of `work`, if it comes in time. The work itself is not stopped: end its threads where this rejects.
 *
 * @param limit ms
 * @param what names the work in the error: 'Expected the counting to end within 100 ms, it did not'
 * @throws Error where the time is over, and whatever `work` throws
 */
export async function within<T>(work: Promise<T>, limit: number, what: string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`Expected ${what} to end within ${limit} ms, it did not`)), limit);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
