import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { droppedOf, gapsOf } from '../src/page/client/frames.ts';
import { countPrimes } from '../src/page/client/work.ts';
import { joinable, readClientScripts } from '../src/page/markup/client-script.ts';

const run = promisify(execFile);

test('the work of the live part counts primes, in one piece or in many', () => {
  expect(countPrimes(0, 100_000)).toBe(9_592);
  const pieces = Array.from({ length: 500 }, (_, index) => countPrimes(index * 200, (index + 1) * 200));
  expect(pieces.reduce((sum, count) => sum + count, 0)).toBe(9_592);
});

test('frames dropped are counted from the usual gap of the same run', () => {
  const frames = [0, 16, 32, 48, 64, 80, 176, 192];
  const gaps = gapsOf({ frames, keyDelays: [] });
  expect(Math.max(...gaps)).toBe(96);
  expect(droppedOf(gaps)).toBe(5);
  expect(droppedOf([])).toBe(0);
});

test('a script loses its imports of neighbours and the word export', () => {
  expect(joinable("import { a } from './a.ts';\n// why\nexport function b() {\n  return a;   \n}\n")).toBe(
    'function b() {\n  return a;\n}',
  );
});

test('a script that needs more than its neighbours is refused', () => {
  expect(() => joinable("import { a } from 'somewhere';")).toThrow("got 'import { a } from 'somewhere';'");
  expect(() => joinable('export default 1;')).toThrow('Expected imports of neighbours');
});

test('the scripts of the page are JavaScript', async () => {
  const { page, worker } = await readClientScripts();
  expect(() => new Script(page)).not.toThrow();
  expect(() => new Script(worker)).not.toThrow();
});

test('making the scripts says nothing on stderr, and leaves warnings as they were', async () => {
  const module = JSON.stringify(new URL('../src/page/markup/client-script.ts', import.meta.url).href);
  const program = `const { emitWarning } = process;
    await (await import(${module})).readClientScripts();
    console.log(process.emitWarning === emitWarning);`;
  // In a process of its own: the test runner has ways of its own with warnings.
  const answer = await run(process.execPath, ['--input-type=module', '--eval', program], { env: {} });
  expect(answer).toEqual({ stdout: 'true\n', stderr: '' });
});
