// A program that prints. Its arguments: a role, then what that takes.

import { exitAtOnce, exitWhenWritten } from '../recipe.ts';

/**
 * print: so many bytes, one write after another, each when the one before is out; ends with the code. report: the same, and
 * sends after each write how many bytes are out. exit: so many bytes in one write, and process.exit. written: the same, and
 * process.exit once they are out. words: its words as JSON. rest: its pid and so many bytes, and then it stays for a while.
 */
export type Role = 'print' | 'report' | 'exit' | 'written' | 'words' | 'rest';

const REST_MS = 10_000;

const CHUNKS = { print: 2 ** 20, report: 2 ** 13 } as const;

const [role, ...rest] = process.argv.slice(2) as [Role, ...string[]];
const [size = 0, code = 0] = rest.map(Number);

function write(bytes: Buffer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.stdout.write(bytes, () => resolve());
  return promise;
}

process.on('disconnect', () => process.exit());
process.stdout.on('error', () => process.exit(1)); // nobody reads any more

switch (role) {
  case 'exit':
    exitAtOnce(Buffer.alloc(size, '.'), code);
    break;
  case 'written':
    exitWhenWritten(Buffer.alloc(size, '.'), code);
    break;
  case 'words':
    process.stdout.write(JSON.stringify(rest));
    break;
  case 'rest':
    process.stdout.write(`${process.pid}\n${'.'.repeat(size)}`, () => setTimeout(() => {}, REST_MS));
    break;
  case 'print':
  case 'report': {
    const chunk = Buffer.alloc(CHUNKS[role], '.');
    for (let out = 0; out < size;) {
      const next = chunk.subarray(0, size - out);
      await write(next);
      out += next.length;
      if (role === 'report') process.send!(out);
    }
    if (code !== 0) process.stderr.write('it failed on purpose');
    process.exitCode = code;
    if (role === 'report') process.disconnect!();
  }
}
