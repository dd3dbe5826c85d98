import assert from 'node:assert/strict';
import { open } from 'node:fs/promises';
import { retryWithoutDescriptor } from '../../src/too-many-open-files/recipe.ts';

// Stands in for a process that has no descriptor left for the first two tries.
let tries = 0;
const openFile = async () => {
  if (++tries < 3) throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
  return await open(import.meta.filename);
};

const file = await retryWithoutDescriptor(openFile);
assert.equal(tries, 3);
console.log(`The file was opened at try ${tries}; it has ${(await file.stat()).size} bytes.`);
await file.close();
