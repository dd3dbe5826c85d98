// The doubles that are searched, in shared memory.

/** Doubles in no order, made by a linear congruential generator: the same ones in every run. */
export function sharedValues(length: number): Float64Array<SharedArrayBuffer> {
  const values = new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
  let state = 1;
  for (let i = 0; i < length; i++) values[i] = state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
  return values;
}
