import { randomBytes } from 'node:crypto';

/**
 * A uniform integer from 0 up to, and without, `bound`, from the random source of the system.
 *
 * Draws as many bits as `bound - 1` has and rejects what is too large. A remainder would be shorter, and would favour
 * the small numbers: 256 values of a byte do not divide by 94 characters. Fewer than two draws are needed on average.
 *
 * @throws RangeError where there is no such integer
 */
export function randomBelow(bound: bigint): bigint {
  if (bound < 1n) throw new RangeError(`Expected \`bound\` to be an integer from 1 up, got ${bound}`);
  const bits = (bound - 1n).toString(2).length;
  for (;;) {
    const drawn = BigInt.asUintN(bits, BigInt(`0x${randomBytes(Math.ceil(bits / 8)).toString('hex')}`));
    if (drawn < bound) return drawn;
  }
}
