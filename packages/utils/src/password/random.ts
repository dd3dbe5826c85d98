import { randomBytes } from 'node:crypto';

/** Gives so many random bytes. */
export type ByteSource = (size: number) => Uint8Array;

/**
 * A uniform integer from 0 up to, and without, `bound`, from the random source of the system.
 *
 * Draws as many bits as `bound - 1` has and rejects what is too large. A remainder would be shorter, and would favour
 * the small numbers: 256 values of a byte do not divide by 94 characters. Fewer than two draws are needed on average.
 *
 * @param bytes another source, for tests: it has to be as unpredictable as the system's
 * @throws RangeError where there is no such integer
 */
export function randomBelow(bound: bigint, bytes: ByteSource = randomBytes): bigint {
  if (bound < 1n) throw new RangeError(`Expected \`bound\` to be an integer from 1 up, got ${bound}`);
  const bits = (bound - 1n).toString(2).length;
  for (;;) {
    const drawn = BigInt.asUintN(bits, BigInt(`0x${Buffer.from(bytes(Math.ceil(bits / 8))).toString('hex')}`));
    if (drawn < bound) return drawn;
  }
}
