// Takes the output of a program past this process and then through it, and sends how much memory each needed at its peak.

import { statSync } from 'node:fs';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { outputToFile, streamOutput } from '../recipe.ts';

export interface Taken {
  readonly bytes: number;
  /** MiB, by which the resident memory of this process grew at most. */
  readonly growth: number;
}

export interface Memory {
  readonly file: Taken;
  readonly stream: Taken;
}

const WRITER = fileURLToPath(new URL('./writer-child.ts', import.meta.url));
const MIB = 2 ** 20;

const [filed, streamed, file] = process.argv.slice(2) as [filed: string, streamed: string, file: string];

async function watch(take: () => Promise<number>): Promise<Taken> {
  const before = process.memoryUsage.rss();
  let most = before;
  const sampling = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 2);
  const bytes = await take();
  clearInterval(sampling);
  return { bytes, growth: (most - before) / MIB };
}

process.on('disconnect', () => process.exit());
const memory: Memory = {
  file: await watch(async () => {
    await outputToFile(process.execPath, [WRITER, 'print', filed], file);
    return statSync(file).size;
  }),
  stream: await watch(async () => {
    let came = 0;
    const count = new Writable({
      write(chunk: Buffer, _, done) {
        came += chunk.length;
        done();
      },
    });
    await streamOutput(process.execPath, [WRITER, 'print', streamed], count);
    return came;
  }),
};
process.send!(memory, () => process.disconnect!());
