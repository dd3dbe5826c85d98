import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withFolder } from '../../src/cleanup/folder.ts';
import { goneAfter } from '../../src/host/alive.ts';
import { endWithTest } from '../ends-with-test.ts';

const vitest = fileURLToPath(new URL('../vitest.mjs', import.meta.resolve('vitest')));
const fixture = fileURLToPath(new URL('../fixtures/left-behind', import.meta.url));
const packages = fileURLToPath(new URL('../../../', import.meta.url));

/** Runs the fixture's tests; the pids of what they started, by the name of the test. */
async function runTests(folder: string, filter: string, env: NodeJS.ProcessEnv): Promise<Map<string, number[]>> {
  const args = [vitest, 'run', '--root', fixture, '-t', filter];
  const child = endWithTest(
    spawn(process.execPath, args, { env: { ...process.env, FOLDER: folder, ...env }, stdio: 'ignore' }),
  );
  expect(await once(child, 'exit')).toEqual([1, null]);
  const files = readdirSync(folder);
  return new Map(
    files.map((file) => [
      path.basename(file, '.json'),
      JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as number[],
    ]),
  );
}

test.skipIf(process.platform === 'win32')('what a test starts ends with it, however it comes out', async () => {
  await withFolder('left-behind', async (folder) => {
    const pids = await runTests(folder, '', {});
    expect([...pids.keys()].toSorted((a, b) => a.localeCompare(b))).toEqual([
      'fails',
      'fails after a fork',
      'is too slow',
      'left',
      'one',
      'other',
      'passes',
    ]);
    expect(pids.get('left'), 'processes that outlived their test').toEqual([]);
  });
});

test.skipIf(process.platform === 'win32')('what a test starts ends with its process when that is killed', async () => {
  await withFolder('left-behind', async (folder) => {
    const pids = await runTests(folder, 'is killed', { DIES: '1' });
    expect([...pids.keys()]).toEqual(['is killed']);
    for (const pid of pids.get('is killed')!) expect(await goneAfter(pid, 3_000), `process ${pid}`).toBeDefined();
  });
});

test('no test starts a process that does not end with it', () => {
  const loose = globSync('*/test/**/*.ts', { cwd: packages, exclude: ['*/test/copied/**', '*/test/**/fixtures/**'] })
    .filter((file) => {
      const text = readFileSync(path.join(packages, file), 'utf8');
      const isImported = /^import \{.*\b(spawn|fork|execFile|exec)\b.*\} from 'node:child_process'/m.test(text);
      const starts = isImported && /(?<!\.)\b(spawn|fork|execFile|exec)\(/.test(text);
      return starts && !text.includes('endWithTest(');
    })
    .map((file) => file.split(path.sep).join('/'));
  expect(loose).toEqual([]);
});
