import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fix } from '../../src/rename-loses-files/recipe.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'rename-'));
for (const name of ['draft.txt', 'file0.txt']) await writeFile(path.join(folder, name), name);
await fix(folder);
assert.deepEqual((await readdir(folder)).toSorted(), ['file0.txt', 'file1.txt']);
await rm(folder, { recursive: true });
console.log('two passes lost no file');
