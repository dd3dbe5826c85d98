import { fork } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { goneAfter, isAlive } from '../../src/host/alive.ts';
import { endWithTest, forkForTest } from '../ends-with-test.ts';
import { start } from '../run-program.ts';

const parent = new URL('../fixtures/lifeline-parent.ts', import.meta.url);

async function killParentOf(how: string): Promise<number> {
  const { child, ended, output } = start(parent, [how]);
  const pid = Number(/computing (\d+)/.exec(await output(/computing \d+/))![1]);
  await new Promise((resolve) => setTimeout(resolve, 150)); // its lifeline is a thread, which takes a moment to start
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  void ended;
  return pid;
}

test('a process with a lifeline ends with its parent though it computes; one without computes on', async () => {
  const [bound, loose] = await Promise.all([killParentOf('with'), killParentOf('without')]);
  expect(await goneAfter(bound, 2_000), 'with a lifeline').toBeDefined();
  expect(isAlive(loose), 'without').toBe(true);
  expect(await goneAfter(loose, 10_000)).toBeDefined();
});

test('a lifeline does not keep a process that is done', async () => {
  const { ended } = start(parent, ['short']);
  expect((await ended).stdout).toContain('ended with 0');
});

test('a process whose stdin is no pipe gets an error, and is not killed', async () => {
  const url = new URL('../fixtures/lifeline-child.ts', import.meta.url);
  const child = endWithTest(fork(url, ['with'], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] }));
  let said = '';
  child.stderr!.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(said).toContain('Expected stdin to be a pipe to the parent');
});

test('a pipe is known by its mode: on Windows isFIFO() and isSocket() are false for every file', async () => {
  const windows = 'Object.assign(fs.Stats.prototype, { isFIFO: () => false, isSocket: () => false })';
  const execArgv = ['--import', `data:text/javascript,import fs from 'node:fs'; ${windows}`];
  const url = new URL('../fixtures/lifeline-child.ts', import.meta.url);
  const child = endWithTest(fork(url, ['with'], { stdio: ['pipe', 'ignore', 'pipe', 'ipc'], execArgv }));
  let said = '';
  child.stderr!.on('data', (text: Buffer) => (said += text.toString()));
  await Promise.race([once(child, 'message'), once(child, 'close')]);
  expect(said).toBe('');
});

test('a process that is gone is not alive, and neither is a zombie', async () => {
  const child = forkForTest(new URL('../fixtures/lifeline-child.ts', import.meta.url), ['without']);
  await once(child, 'message');
  expect(await goneAfter(child.pid!, 1)).toBe(undefined);
  child.kill('SIGKILL');
  // This loop leaves no turn in which Node could take note of the end: the process is a zombie meanwhile.
  const end = performance.now() + 1_000;
  while (isAlive(child.pid!) && performance.now() < end);
  expect(isAlive(child.pid!)).toBe(false);
  expect(() => process.kill(child.pid!, 0)).not.toThrow();
  await once(child, 'exit');
  expect(await goneAfter(child.pid!, 1_000)).toBeLessThan(100);
});
