// A limit on the time of any work that takes a signal.

/**
 * Runs `work` with a signal that aborts after `limit` ms, or when `signal` does. No timer is left when the promise settles.
 *
 * @throws what `work` throws, or else a TimeoutError or the signal's reason
 */
export async function withLimit<T>(
  limit: number,
  signal: AbortSignal | undefined,
  work: (both: AbortSignal) => Promise<T>,
): Promise<T> {
  const whole = new AbortController();
  // A timer cannot be set for longer, and would go off at once: no one waits for 24 days.
  const timer = limit < 2 ** 31 ? setTimeout(() => whole.abort(tooLate(limit)), limit) : undefined;
  const both = signal ? AbortSignal.any([signal, whole.signal]) : whole.signal;
  try {
    both.throwIfAborted();
    return await work(both);
  } catch (error) {
    both.throwIfAborted(); // the reason, where there is one, and not what it made of the work
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

export function tooLate(limit: number): DOMException {
  return new DOMException(`Expected an answer within ${limit} ms, got none`, 'TimeoutError');
}
