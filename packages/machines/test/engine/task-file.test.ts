import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withFolder } from '@cookbook/lab/cleanup';
import { expect, test } from 'vitest';
import { bytesOf, checkBatch, checkResult } from '../../src/queue/payload.ts';
import { findTask, nameTask } from '../../src/queue/task-file.ts';

const posix = process.platform !== 'win32';

/** A folder `tasks` with a task in it, beside a module that is not in it. */
function withTasks(work: (folder: string, root: string) => Promise<void>): Promise<void> {
  return withFolder('cookbook-tasks', async (root) => {
    const folder = path.join(root, 'tasks');
    mkdirSync(path.join(folder, 'deep'), { recursive: true });
    for (const file of ['tasks/task.ts', 'tasks/deep/task.ts', 'secret.ts']) {
      writeFileSync(path.join(root, file), 'export default (n: number) => n;\n');
    }
    await work(folder, root);
  });
}

const urlOf = (...parts: string[]): URL => pathToFileURL(path.join(...parts));

test('a task is named by its path below the folder, and found by that name in another folder', () =>
  withTasks(async (folder, root) => {
    const name = await nameTask(urlOf(folder, 'deep', 'task.ts'), folder);
    expect(name).toEqual({ path: 'deep/task.ts', digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const other = path.join(root, 'other');
    mkdirSync(path.join(other, 'deep'), { recursive: true });
    copyFileSync(path.join(folder, 'deep', 'task.ts'), path.join(other, 'deep', 'task.ts'));
    const { pathname, search } = await findTask(name, other);
    expect(pathname).toMatch(/other\/deep\/task\.ts$/);
    expect(search).toContain(name.digest.slice(0, 16));
  }));

test('another version of the file is refused', () =>
  withTasks(async (folder) => {
    const name = await nameTask(urlOf(folder, 'task.ts'), folder);
    writeFileSync(path.join(folder, 'task.ts'), 'export default () => 1;\n');
    await expect(findTask(name, folder)).rejects.toThrow(
      /Expected task\.ts to be the file that the run was started with/,
    );
  }));

test.each([
  '../secret.ts',
  'deep/../../secret.ts',
  './../secret.ts',
  '/etc/passwd.ts',
  'C:/secret.ts',
  String.raw`..\secret.ts`,
  String.raw`deep\..\..\secret.ts`,
  'task.ts\0.ts',
  'task.ts/../../secret.ts',
  'no-such-task.ts',
  '',
  '.',
  '..',
])('the name %j is refused', (name) =>
  withTasks(async (folder, root) => {
    const { digest } = await nameTask(urlOf(root, 'secret.ts'), root);
    await expect(findTask({ path: name, digest }, folder)).rejects.toThrow(
      'Expected the task to be a file below the folder of this worker',
    );
  }),
);

test('the path of the folder is refused as a name, with the file below it', () =>
  withTasks(async (folder) => {
    const { digest } = await nameTask(urlOf(folder, 'task.ts'), folder);
    await expect(findTask({ path: path.join(folder, 'task.ts'), digest }, folder)).rejects.toThrow('Expected the task');
  }));

test.runIf(posix)(
  'links that lead out of the folder are refused, of a file and of a folder; those within it are not',
  () =>
    withTasks(async (folder, root) => {
      symlinkSync(path.join(root, 'secret.ts'), path.join(folder, 'link.ts'));
      symlinkSync(root, path.join(folder, 'up'));
      symlinkSync(path.join(folder, 'deep'), path.join(folder, 'shallow'));
      const { digest } = await nameTask(urlOf(root, 'secret.ts'), root);
      for (const name of ['link.ts', 'up/secret.ts']) {
        await expect(findTask({ path: name, digest }, folder), name).rejects.toThrow(/a link out of it/);
      }
      await expect(nameTask(urlOf(folder, 'link.ts'), folder)).rejects.toThrow(/Expected the task to be a file below/);
      expect((await findTask({ path: 'shallow/task.ts', digest }, folder)).pathname).toMatch(/\/deep\/task\.ts$/);
    }),
);

test('what is no module is neither named nor found', () =>
  withTasks(async (folder) => {
    writeFileSync(path.join(folder, 'data.json'), '{}');
    await expect(nameTask(urlOf(folder, 'data.json'), folder)).rejects.toThrow(/Expected the task to be a module/);
    await expect(findTask({ path: 'data.json', digest: '0'.repeat(64) }, folder)).rejects.toThrow(/to be a module/);
    await expect(nameTask(urlOf(folder, '..', 'secret.ts'), folder)).rejects.toThrow(/to be a file below/);
  }));

const task = { path: 'task.ts', digest: 'a'.repeat(64) };

test.each([
  undefined,
  null,
  'text',
  {},
  { task, first: 0, inputs: [], had: 0 },
  { task, first: -1, inputs: [1], had: 0 },
  { task, first: 0.5, inputs: [1], had: 0 },
  { task, first: 0, inputs: 'text', had: 0 },
  { task, first: 0, inputs: [1] },
  { task: 'task.ts', first: 0, inputs: [1], had: 0 },
  { task: { path: 7, digest: task.digest }, first: 0, inputs: [1], had: 0 },
  { task: { path: 'task.ts', digest: 'short' }, first: 0, inputs: [1], had: 0 },
])('a job with %j is refused before anything is loaded', (data) => {
  expect(() => checkBatch(data)).toThrow('Expected a job of `distribute`');
});

test('a batch is one, and so is its result; a result of other inputs is none', () => {
  expect(() => checkBatch({ task, first: 0, inputs: [null], had: 0 })).not.toThrow();
  expect(() => checkResult({ outcomes: [{ value: 1 }, {}] }, 2)).not.toThrow();
  expect(() => checkResult({ outcomes: [{ value: 1 }] }, 2)).toThrow('Expected the outcomes of 2 inputs');
  expect(() => checkResult(null, 2)).toThrow('Expected the outcomes of 2 inputs, got null');
});

test('the limit of a value is in bytes, not in characters', () => {
  expect(bytesOf('x'.repeat(2 ** 20 - 2), 'an input')).toBe(2 ** 20);
  expect(() => bytesOf('x'.repeat(2 ** 20 - 1), 'an input')).toThrow(/at most 1048576 bytes as JSON, got 1048577/);
  expect(() => bytesOf('é'.repeat(2 ** 19), 'an output')).toThrow(/Expected an output of at most/);
});
