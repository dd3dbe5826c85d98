// A wait that blocks its thread for so many ms: nothing ever notifies it.

const nothing = new Int32Array(new SharedArrayBuffer(4));

export default function wait(ms: number): number {
  Atomics.wait(nothing, 0, 0, ms);
  return 1;
}
