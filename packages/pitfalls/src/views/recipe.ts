// Claim      `slice` of a Buffer shares its memory, `slice` of a Uint8Array copies it.
// Mechanism  Both are windows on an ArrayBuffer. Buffer overrides the inherited `slice` by one that opens a second
//            window.
// Use when   you parse: a window costs no copy.
// Do not     keep a small window on a large buffer (all of it stays alive), nor write into one you were given.
// Copy       recipe.ts; Node 22 or newer
// Run        pnpm tsx packages/pitfalls/src/main.ts views

export function trap() {
  // #region trap
  const packet = Buffer.from([1, 2, 3, 4]);
  const header = packet.slice(0, 2);
  header.fill(0);
  // #endregion
  return { packet, header };
}

export function fix() {
  // #region fix
  const packet = Buffer.from([1, 2, 3, 4]);
  const header = Uint8Array.prototype.slice.call(packet, 0, 2);
  header.fill(0);
  // #endregion
  return { packet, header };
}

export function cheaperFix() {
  // #region cheaper
  const packet = Buffer.from([1, 2, 3, 4]);
  const header = packet.subarray(0, 2); // a window, to be read only
  const sum = header[0]! + header[1]!;
  // #endregion
  return { packet, header, sum };
}

const WAYS = {
  'buffer.slice': (bytes: Buffer) => bytes.slice(0, 2),
  'buffer.subarray': (bytes: Buffer) => bytes.subarray(0, 2),
  'typedArray.subarray': (bytes: Buffer) => plain(bytes).subarray(0, 2),
  'new Uint8Array(arrayBuffer)': (bytes: Buffer) => plain(bytes),
  'Buffer.from(arrayBuffer)': (bytes: Buffer) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length),
  'typedArray.slice': (bytes: Buffer) => plain(bytes).slice(0, 2),
  'new Uint8Array(typedArray)': (bytes: Buffer) => new Uint8Array(bytes),
  'Buffer.from(buffer)': (bytes: Buffer) => Buffer.from(bytes),
  'Buffer.concat([buffer])': (bytes: Buffer) => Buffer.concat([bytes]),
  'structuredClone(typedArray)': (bytes: Buffer) => structuredClone(plain(bytes)),
};

/** For each way: whether a byte written through the new one is seen in the old one. */
export function sharing(): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(WAYS).map(([name, make]) => {
      const bytes = Buffer.from([1, 2, 3, 4]);
      make(bytes)[0] = 99;
      return [name, bytes[0] === 99];
    }),
  );
}

/** Bytes that stay in memory for the sake of a window of 4 on 1 MiB, and of a copy of it. */
export function keptAlive() {
  const large = new Uint8Array(2 ** 20);
  return { window: large.subarray(0, 4).buffer.byteLength, copy: large.slice(0, 4).buffer.byteLength };
}

/** Short Buffers are cut from a common pool: `.buffer` is larger than what was written, and holds bytes of other Buffers. */
export function poolBehind(text: string): number {
  return Buffer.from(text).buffer.byteLength;
}

function plain(bytes: Buffer): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
