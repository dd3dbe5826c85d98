import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getEventListeners } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { goneAfter } from '@cookbook/lab/host';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  endBy,
  execBytes,
  LARGE,
  leaveUnread,
  leftWhenRefused,
  WORDS,
  wordsThatArrive,
  WRITER,
} from '../src/child-output/proof/trials.ts';
import { outputOf, outputToFile, streamOutput } from '../src/child-output/recipe.ts';
import { endWithTest } from '../../lab/test/ends-with-test.ts';

const node = process.execPath;
const folder = mkdtempSync(path.join(tmpdir(), 'child-output-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = path.join(folder, 'output');

/** Takes what it gets, and keeps no more than its size. */
function counter() {
  let bytes = 0;
  const to = new Writable({
    write(chunk: Buffer, _, done) {
      bytes += chunk.length;
      done();
    },
  });
  return { to, bytes: () => bytes };
}

/** The processes that are started until the test is over. */
function started(): ChildProcess[] {
  const children: ChildProcess[] = [];
  const add = (message: unknown): void => void children.push((message as { process: ChildProcess }).process);
  subscribe('child_process', add);
  onTestFinished(() => void unsubscribe('child_process', add));
  return children;
}

/** Whether none of them is there. */
async function areGone(children: readonly ChildProcess[]): Promise<boolean> {
  expect(children.length).toBeGreaterThan(0);
  return (await Promise.all(children.map(({ pid }) => goneAfter(pid!, 10_000)))).every((ms) => ms !== undefined);
}

test('exec gives 1 MiB, and rejects at one byte more', async () => {
  expect(await execBytes(2 ** 20)).toBe(2 ** 20);
  expect(await execBytes(2 ** 20 + 1)).toBe('ERR_CHILD_PROCESS_STDIO_MAXBUFFER');
});

test('a program whose output is refused is gone, where no shell stands between', async () => {
  expect((await leftWhenRefused()).asWords).toBe(0);
});

test('words that a shell reads as something else arrive as they are without one', async () => {
  expect(await wordsThatArrive()).toEqual({ byShell: 0, asWords: WORDS.length });
});

test.runIf(process.platform !== 'win32')('words of any characters arrive as they are', async () => {
  const words = ['', ' ', 'a b', '"', "'", '$HOME', '*', '\\', '\n', 'é', '--flag', '; rm -r /nowhere'];
  expect(JSON.parse(await outputOf(node, [WRITER, 'words', ...words]))).toEqual(words);
});

test('a program that prints more than it may is killed', async () => {
  const children = started();
  await expect(outputOf(node, [WRITER, 'print', '100001'], 100_000)).rejects.toMatchObject({
    code: 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER',
  });
  expect(await areGone(children)).toBe(true);
  expect((await outputOf(node, [WRITER, 'print', '100000'], 100_000)).length).toBe(100_000);
});

test('a program that ends with another code than 0 rejects with it', async () => {
  await expect(outputOf(node, [WRITER, 'print', '10', '3'])).rejects.toMatchObject({
    code: 3,
    stderr: 'it failed on purpose',
  });
  await expect(outputOf('no-such-program', [])).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a program whose output nobody reads stops, and ends once it is read', async () => {
  const { out, ...unread } = await leaveUnread();
  expect(unread).toEqual({ isLeft: true, came: LARGE, isOver: true });
  expect(out).toBeLessThan(LARGE / 2);
});

test.runIf(process.platform !== 'win32')('of a large write before process.exit not all comes', async () => {
  expect((await endBy('exit')).came).toBeLessThan(LARGE / 2);
});

test('exitWhenWritten sends all, and ends with its code', async () => {
  expect(await endBy('written')).toEqual({ came: LARGE, code: 0 });
  await expect(outputOf(node, [WRITER, 'written', '10', '7'])).rejects.toMatchObject({ code: 7, stdout: '..........' });
});

test('exitWhenWritten ends a program whose reader is gone', async () => {
  const child = endWithTest(spawn(node, [WRITER, 'written', String(LARGE)], { stdio: ['ignore', 'pipe', 'inherit'] }));
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await goneAfter(child.pid!, 10_000)).toBeDefined();
});

describe('a stream', () => {
  test('takes all that a program prints, two at once', async () => {
    const counters = [counter(), counter()];
    await Promise.all(counters.map(({ to }) => streamOutput(node, [WRITER, 'print', String(LARGE)], to)));
    expect(counters.map(({ bytes }) => bytes())).toEqual([LARGE, LARGE]);
    expect(counters.map(({ to }) => to.writableFinished)).toEqual([true, true]);
  });

  test('is destroyed, not ended, where the program fails: the error has its code and its last words', async () => {
    const { to, bytes } = counter();
    const taken = streamOutput(node, [WRITER, 'print', '5000', '3'], to);
    await expect(taken).rejects.toThrow(`Expected ${node} to end with 0, got 3: it failed on purpose`);
    expect(bytes()).toBe(5_000);
    expect({ destroyed: to.destroyed, finished: to.writableFinished }).toEqual({ destroyed: true, finished: false });
  });

  test('is destroyed where the program cannot be started', async () => {
    const { to } = counter();
    await expect(streamOutput('no-such-program', [], to)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(to.destroyed).toBe(true);
  });

  test('that fails kills the program', async () => {
    const children = started();
    const full = new Writable({ write: (_, __, done) => done(new Error('no space left')) });
    await expect(streamOutput(node, [WRITER, 'print', String(LARGE)], full)).rejects.toThrow('no space left');
    expect(await areGone(children)).toBe(true);
  });

  test('that is closed by a client who goes kills the program', async () => {
    const children = started();
    const to = new PassThrough();
    to.once('data', () => to.destroy());
    const taken = streamOutput(node, [WRITER, 'print', String(LARGE)], to);
    await expect(taken).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    expect(await areGone(children)).toBe(true);
  });

  test('that goes to a file which cannot be opened is an error, and no crash', async () => {
    const to = createWriteStream(path.join(folder, 'no-folder', 'file'));
    await expect(streamOutput(node, [WRITER, 'print', '10'], to)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('a signal', () => {
  test('that has aborted starts nothing', async () => {
    const children = started();
    const { to } = counter();
    await expect(streamOutput(node, [WRITER, 'print', '10'], to, AbortSignal.abort('why'))).rejects.toBe('why');
    await expect(outputToFile(node, [WRITER, 'print', '10'], file, AbortSignal.abort('why'))).rejects.toBe('why');
    expect(children).toEqual([]);
  });

  test('kills a program that waits for a client who does not read', async () => {
    const children = started();
    const stop = new AbortController();
    const stalled = new Writable({ write: () => stop.abort(new Error('too late')) });
    const taken = streamOutput(node, [WRITER, 'print', String(LARGE)], stalled, stop.signal);
    await expect(taken).rejects.toThrow('too late');
    expect(await areGone(children)).toBe(true);
    expect(stalled.destroyed).toBe(true);
  });

  test('kills a program that writes to a file', async () => {
    const children = started();
    const reason = { no: 'error' };
    const stop = new AbortController();
    const taken = outputToFile(node, ['-e', 'for (;;) console.log(1)'], file, stop.signal);
    taken.catch(() => {});
    await expect.poll(() => existsSync(file) && statSync(file).size, { timeout: 10_000 }).toBeGreaterThan(0);
    stop.abort(reason);
    await expect(taken).rejects.toBe(reason);
    expect(await areGone(children)).toBe(true);
  });

  test('is left without a listener', async () => {
    const stop = new AbortController();
    for (let n = 0; n < 20; n++) {
      await streamOutput(node, ['--version'], counter().to, stop.signal);
      await streamOutput('no-such-program', [], counter().to, stop.signal).catch(() => {});
    }
    await expect.poll(() => getEventListeners(stop.signal, 'abort')).toEqual([]);
  });
});

test('a file gets all that a program prints, in place of what it had', async () => {
  await outputToFile(node, [WRITER, 'print', String(LARGE)], file);
  expect(statSync(file).size).toBe(LARGE);
  await outputToFile(node, ['--version'], file);
  expect(readFileSync(file, 'utf8').trim()).toBe(process.version);
  await expect(outputToFile(node, [WRITER, 'print', '10', '3'], file)).rejects.toThrow('got 3: it failed on purpose');
});
