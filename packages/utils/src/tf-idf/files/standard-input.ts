// The standard input as a file: read once, kept, as its lines are shown again.

import { buffer } from 'node:stream/consumers';

/** The path that means it. */
export const STANDARD_INPUT = '-';

let bytes: Promise<Buffer> | undefined;

/** All bytes of the standard input, the same ones whenever they are asked for. */
export function standardInput(): Promise<Buffer> {
  bytes ??= buffer(process.stdin);
  return bytes;
}
