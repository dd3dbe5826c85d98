import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tryRunner } from '../src/worker-in-typescript/proof/runners.ts';
import type { RunnerName } from '../src/worker-in-typescript/proof/runners.ts';
import { startAsWritten, startWorker, workerUrl } from '../src/worker-in-typescript/recipe.ts';

const { signal } = new AbortController();

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'worker-url-')));
  mkdirSync(path.join(folder, 'lib'));
  for (const file of [
    'main.ts',
    'w.ts',
    'w.js',
    'lib/w.mjs',
    'lib/both.js',
    'lib/both.mjs',
    'odd #1.js',
    'm.mjs',
    'plain.js',
  ]) {
    writeFileSync(path.join(folder, file), '');
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const at = (file: string): string => pathToFileURL(path.join(folder, file)).href;

describe('the file of a worker', () => {
  test.each([
    ['is the source, where a source asks', './w.ts', 'main.ts', 'w.ts'],
    ['is what tsc made of it, where what tsc made asks, though the source is there too', './w.ts', 'main.js', 'w.js'],
    ['has the extension of the bundle that asks', './w.ts', 'lib/main.mjs', 'lib/w.mjs'],
    ['is of its own name first: tsc makes .js of .ts also beside an .mjs', './both.ts', 'lib/main.mjs', 'lib/both.js'],
    ['is .mjs where the source is .mts', './m.mts', 'main.js', 'm.mjs'],
    ['may stand in a folder above', '../w.ts', 'lib/main.mjs', 'w.js'],
    ['may have a name that has to be escaped', './odd%20%231.ts', 'main.js', 'odd #1.js'],
    ['is as written where it is JavaScript', './plain.js', 'main.ts', 'plain.js'],
    ['is as written where JavaScript asks for it', './plain.js', 'main.js', 'plain.js'],
  ])('%s', (_, source, base, expected) => {
    expect(workerUrl(source, at(base)).href).toBe(at(expected));
  });

  test('is found where a loader has added a query to the module that asks', () => {
    expect(workerUrl('./w.ts', `${at('main.ts')}?t=1`).href).toBe(at('w.ts'));
    expect(workerUrl('./w.ts', `${at('main.js')}?t=1#2`).href).toBe(at('w.js'));
  });

  test.each([
    ['./none.ts', 'main.ts', 'none.ts'],
    ['./main.ts', 'main.js', 'main.js'],
    ['./none.ts', 'lib/main.mjs', 'lib/none.js'],
  ])('that is not there, %s from %s, is an error at once', (source, base, expected) => {
    expect(() => workerUrl(source, at(base))).toThrow(
      `Expected a worker at ${at(expected)}: compile ${source}, or make it an entry of the bundle`,
    );
    expect(() => startWorker(source, at(base))).toThrow('Expected a worker at ');
  });

  test('of a base that is no URL, or none of a file, is an error', () => {
    expect(() => workerUrl('./w.ts', 'main.ts')).toThrow('Invalid URL');
    expect(() => workerUrl('./w.ts', 'https://example.com/main.ts')).toThrow('Expected a worker at https://');
  });
});

async function answerOf(worker: Worker): Promise<unknown> {
  const [answer] = (await once(worker, 'message')) as [unknown];
  await worker.terminate();
  return answer;
}

const WORKER = '../src/worker-in-typescript/proof/answer-worker.ts';

test.each(Object.entries({ startAsWritten, startWorker }))(
  'in vitest, %s starts two workers at once with their own data',
  async (_, start) => {
    const workers = [1, 2].map((number) => start(WORKER, import.meta.url, { workerData: { number } }));
    expect(await Promise.all(workers.map(answerOf))).toEqual([2, 4]);
  },
);

test('options are passed on, flags too', async () => {
  const worker = startWorker(WORKER, import.meta.url, {
    workerData: { number: 3 },
    execArgv: ['--no-warnings'],
    name: 'third',
  });
  expect(await answerOf(worker)).toBe(6);
});

describe('in an empty project', () => {
  test.each<[RunnerName, boolean]>([
    ['node', true],
    ['tsx', true],
    ['tsc', false],
    ['esbuild', false],
  ])('%s starts the worker by workerUrl; by the plain form: %s', async (runner, plain) => {
    const outcomes = await tryRunner(runner, signal);
    expect(outcomes.helper).toBe('started');
    if (plain) expect(outcomes.plain).toBe('started');
    else expect(outcomes.plain).toContain('Cannot find module');
  });

  test('a bundle without the worker says what to do', async () => {
    const { plain, helper } = await tryRunner('unnamed', signal);
    expect(plain).toContain('Cannot find module');
    expect(helper).toMatch(/^Expected a worker at file:.*: compile .*, or make it an entry of the bundle$/);
  });
});
