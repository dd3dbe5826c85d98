// The question before a run, on a terminal: `script` of util-linux makes one.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { endWithTest } from '../../../lab/test/ends-with-test.ts';
import { place, readTree } from './support.ts';

const MAIN = fileURLToPath(new URL('../../src/rename/main.ts', import.meta.url));
const terminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

test.skipIf(!terminal).each([
  ['Ctrl-C', '\u0003', 130, 'a'],
  ['yes', 'y', 0, 'b'],
])('answered with %s it ends with the right status', { timeout: 60_000 }, async (_, key, status, name) => {
  const { root, stateFolder } = place({ a: 'A' });
  const args = [MAIN, root, '--state-dir', stateFolder, '--find', 'a', '--replace', 'b'];
  const words = [process.execPath, ...args].map((word) => `'${word}'`);
  const line = `stty columns 100 rows 30; exec ${words.join(' ')}`; // a terminal without a size shows one letter a line
  const child = endWithTest(
    spawn('script', ['--quiet', '--return', '--flush', '--command', line, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  let shown = '';
  child.stdout.on('data', (bytes: Buffer) => {
    if (shown.includes('Rename 1?')) return;
    shown += bytes.toString();
    if (shown.includes('Rename 1?')) child.stdin.write(key);
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(status);
  expect(readTree(root)).toEqual({ [name]: 'A' });
});
