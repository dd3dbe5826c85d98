import assert from 'node:assert/strict';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exitWhenWritten, outputOf, outputToFile, streamOutput } from '../../src/child-output/recipe.ts';

// This file is both the program and the one that takes its output.
if (process.argv[2] === 'print') exitWhenWritten('.'.repeat(2_000_000));
else if (process.argv[2] === 'word') exitWhenWritten(process.argv[3]!);
else {
  const folder = mkdtempSync(path.join(tmpdir(), 'output-'));
  const [one, two] = [path.join(folder, 'one'), path.join(folder, 'two')];
  const words = [import.meta.filename, 'print'];
  assert.equal(await outputOf(process.execPath, [import.meta.filename, 'word', '; $(echo pwned)']), '; $(echo pwned)');
  await assert.rejects(outputOf(process.execPath, words), { code: 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' });
  await streamOutput(process.execPath, words, createWriteStream(one));
  await outputToFile(process.execPath, words, two);
  assert.deepEqual([statSync(one).size, statSync(two).size], [2_000_000, 2_000_000]);
  rmSync(folder, { recursive: true });
  console.log('2,000,000 bytes came through a stream, and past this process to a file.');
}
