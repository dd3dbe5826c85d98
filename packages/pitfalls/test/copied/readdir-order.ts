import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fix } from '../../src/readdir-order/recipe.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'list-'));
for (const name of ['file10.txt', 'file2.txt']) await writeFile(path.join(folder, name), '');
assert.deepEqual(await fix(folder), ['file2.txt', 'file10.txt']);
await rm(folder, { recursive: true });
console.log('sorted by the numbers within names');
