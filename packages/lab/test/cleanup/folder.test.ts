import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withFolder } from '../../src/cleanup/folder.ts';
import { start } from '../run-program.ts';

test('a folder is there during the work, with its result, and gone afterwards', async () => {
  const folder = await withFolder('lab', async (own) => {
    writeFileSync(path.join(own, 'file'), 'text');
    return own;
  });
  expect(path.basename(folder)).toMatch(/^lab-/);
  expect(existsSync(folder)).toBe(false);
});

test('a folder is gone after work that failed, whose error passes through', async () => {
  let folder = '';
  const work = async (own: string): Promise<never> => {
    folder = own;
    throw new Error('failed');
  };
  await expect(withFolder('lab', work)).rejects.toThrow('failed');
  expect(existsSync(folder)).toBe(false);
});

test('two at once have a folder each', async () => {
  const both = Promise.withResolvers<void>();
  const folders: string[] = [];
  const work = async (own: string): Promise<void> => {
    if (folders.push(own) === 2) both.resolve();
    await both.promise;
  };
  await Promise.all([withFolder('lab', work), withFolder('lab', work)]);
  expect(new Set(folders).size).toBe(2);
});

test.skipIf(process.platform === 'win32')('Ctrl-C leaves no folder, though a child still writes into it', async () => {
  await withFolder('lab', async (own) => {
    const env = { ...process.env, TMPDIR: own };
    const { child, output, ended } = start(new URL('../fixtures/folder-parent.ts', import.meta.url), [], { env });
    await output(/writing/);
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(readdirSync(own)).toEqual([]);
  });
});
