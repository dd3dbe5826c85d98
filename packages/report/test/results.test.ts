// Result files: their form, their version, and that they are whole at every moment.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { formError, parseResults, readResults } from '../src/results/read.ts';
import { latest, newFile, save } from '../src/results/store.ts';
import { made, madeClaim, madeFigure } from './made.ts';
import { temporaryFolder } from './run-program.ts';

const text = (change: object): string => JSON.stringify({ ...made(), ...change });

test('a result is read as it was written', () => {
  expect(parseResults('a.json', JSON.stringify(made()))).toEqual(made());
});

describe('what cannot be understood is refused in one line', () => {
  test.each([
    [text({ version: 1 }), 'Expected a.json to be a result of version 2, got 1'],
    [text({ version: '2' }), 'Expected a.json to be a result of version 2, got "2"'],
    [text({ version: undefined }), 'Expected a.json to be a result of version 2, got none'],
    ['[]', 'Expected a.json to be a result of version 2, got none'],
    ['null', 'Expected a.json to be a result of version 2, got none'],
    ['', 'Expected a.json to be the JSON of a run, got ""'],
    [text({}).slice(0, 50), 'Expected a.json to be the JSON of a run, got "{\\"version\\":2'],
    [text({ host: undefined }), "of a result of version 2: it must have required property 'host' (host)"],
    [
      text({ claims: [madeClaim('threads/kill', { verdict: 'perhaps' as 'holds' })] }),
      '/claims/0/verdict must be equal to one of',
    ],
    [text({ recipes: { 'a/b': { folder: '../../secret', command: '' } } }), '/recipes/a~1b/folder must match pattern'],
    [text({ surplus: 1 }), 'it must NOT have additional properties (surplus)'],
  ])('%s', (content, message) => {
    expect(() => parseResults('a.json', content)).toThrow(message);
    expect(() => parseResults('a.json', content)).toThrow(/^.*$/); // one line
  });

  test('a file that is not there, too', async () => {
    await expect(readResults('/nowhere/a.json')).rejects.toThrow('Expected a result at /nowhere/a.json, got ENOENT');
  });
});

test('a claim whose figure is no finite number has a wrong form, any other has not', () => {
  expect(formError(madeClaim('a/b'))).toBeUndefined();
  for (const value of [NaN, Infinity, -Infinity]) {
    expect(formError(madeClaim('a/b', { figures: [madeFigure('ratio', value)] }))).toMatch('/figures/0/median');
  }
});

test('a reader of a file that is being written sees a whole result, the old or the new', async () => {
  const folder = temporaryFolder();
  const file = pathToFileURL(path.join(folder, 'run.json'));
  const big = { notes: Array.from({ length: 2_000 }, (_, n) => `note ${n}`) };
  await save(file, made());
  const program = `
    const { readFileSync } = require('node:fs');
    const { parentPort, workerData } = require('node:worker_threads');
    let reads = 0, broken = 0, over = false;
    parentPort.on('message', () => (over = true));
    const read = () => {
      reads += 1;
      try { JSON.parse(readFileSync(workerData, 'utf8')); } catch { broken += 1; }
      if (over) parentPort.postMessage({ reads, broken }); else setImmediate(read);
    };
    read();`;
  const reader = new Worker(program, { eval: true, execArgv: [], workerData: path.join(folder, 'run.json') });
  await new Promise((resolve) => void reader.once('online', resolve));
  for (let n = 0; n < 40; n++) {
    await save(file, made({ claims: Array.from({ length: n + 1 }, () => madeClaim('threads/kill', big)) }));
  }
  const seen = new Promise<{ reads: number; broken: number }>((resolve) => void reader.once('message', resolve));
  reader.postMessage('over');
  const { reads, broken } = await seen;
  await reader.terminate();
  expect(reads).toBeGreaterThan(10);
  expect(broken).toBe(0);
  expect(readdirSync(folder)).toEqual(['run.json']);
});

test('two runs that start in the same second have a file each', async () => {
  const folder = pathToFileURL(`${temporaryFolder()}/results/`);
  const first = await newFile(folder, '2026-01-01T00:00:00Z');
  await save(first, made());
  const second = await newFile(folder, '2026-01-01T00:00:00Z');
  await save(second, made());
  expect([first, second].map(({ pathname }) => path.basename(pathname))).toEqual([
    '2026-01-01T00-00-00Z.json',
    '2026-01-01T00-00-00Z-2.json',
  ]);
});

test('the latest results come newest first, and what is no result is left alone', async () => {
  const folder = path.join(temporaryFolder(), 'results');
  expect(await latest(pathToFileURL(`${folder}/`), 3)).toEqual([]);
  mkdirSync(folder);
  const put = (name: string, content: string): void => writeFileSync(path.join(folder, name), content);
  for (const day of ['01', '03', '02'])
    put(`2026-01-${day}T00-00-00Z.json`, text({ started: `2026-01-${day}T00:00:00Z` }));
  put('2026-01-04T00-00-00Z.json', text({ version: 99 }));
  put('tests.json', '{}');
  const found = await latest(pathToFileURL(`${folder}/`), 2);
  expect(found.map(({ results }) => results.started.slice(8, 10))).toEqual(['03', '02']);
  expect(readFileSync(path.join(folder, 'tests.json'), 'utf8')).toBe('{}');
});
