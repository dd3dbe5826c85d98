import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPythons, lookForPythons, runPython } from '../../src/python/python.ts';

describe.runIf(process.platform !== 'win32')('a command that is no Python', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'pythons-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** A command of the given script. */
  async function command(name: string, script: string): Promise<string[]> {
    const file = path.join(folder, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
    return [file];
  }

  test('and hangs is given up after the limit, with all that it started', async () => {
    const hanging = await command('hanging', 'sleep 60 & sleep 60');
    const started = performance.now();
    const { found, problems } = await lookForPythons([hanging], 300);
    expect(found).toEqual([]);
    expect(problems).toEqual([`${hanging[0]} did not answer within 0.3 s`]);
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  test('and prints rubbish is reported with what it printed', async () => {
    const rubbish = await command('rubbish', 'echo hello there');
    expect((await lookForPythons([rubbish], 5_000)).problems).toEqual([
      `Expected ${rubbish[0]} to print JSON, got "hello there"`,
    ]);
  });

  test('and prints other JSON is reported too', async () => {
    const other = await command('other', `echo '{"version": 3}'`);
    expect((await lookForPythons([other], 5_000)).problems[0]).toContain('to say which Python it is');
  });

  test('and fails is reported with its last words', async () => {
    const failing = await command('failing', 'echo broken >&2; exit 3');
    expect((await lookForPythons([failing], 5_000)).problems).toEqual([`${failing[0]} ended with exit code 3: broken`]);
  });

  test('does not keep a Python behind it from being found', async () => {
    const answer = '{"executable": "/p", "name": "CPython 3.99.0", "lock": LOCK, "major": 3}';
    const locked = await command('locked', `echo '${answer.replace('LOCK', 'true')}'`);
    const free = await command('free', `echo '${answer.replace('LOCK', 'false')}'`);
    const old = await command('old', `echo '${answer.replace('LOCK', 'true').replace('"major": 3', '"major": 2')}'`);
    const { found } = await lookForPythons([['/no/such/python'], old, free, locked, locked], 5_000);
    expect(found.map(({ lock }) => lock)).toEqual([true, false]);
  });
});

test('no command, no Python, and no problem either', async () => {
  expect(await lookForPythons([['/no/such/python']], 5_000)).toEqual({ found: [], problems: [] });
});

describe('a Python of this machine', () => {
  test('says its version and whether it has the lock, and runs a program', async ({ skip }) => {
    const [python] = (await findPythons()).found;
    if (python === undefined) return skip('no python3 on this machine');
    expect(python.name).toMatch(/^\w+ 3\.\d+/);
    expect(await runPython(python, new URL('../fixtures/answer.py', import.meta.url), ['[1, 2]'])).toEqual([1, 2]);
  });

  test('that fails is reported with the last line of its traceback', async ({ skip }) => {
    const [python] = (await findPythons()).found;
    if (python === undefined) return skip('no python3 on this machine');
    const program = new URL('../fixtures/answer.py', import.meta.url);
    await expect(runPython(python, program)).rejects.toThrow(/ended with exit code 1: IndexError/);
  });

  test('is ended when its run is aborted', async ({ skip }) => {
    const [python] = (await findPythons()).found;
    if (python === undefined) return skip('no python3 on this machine');
    const signal = AbortSignal.timeout(300);
    const program = new URL('../fixtures/endless.py', import.meta.url);
    await expect(runPython(python, program, [], { signal })).rejects.toThrow(/timeout/);
  });
});
