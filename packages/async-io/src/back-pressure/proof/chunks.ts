// What is sent: chunks that can be told apart.

export const CHUNK_BYTES = 64 * 1_024;

/** What chunk `n` is filled with, so that one at the place of another is seen. */
export function byteOf(n: number): number {
  return n % 251;
}
