import assert from 'node:assert/strict';
import { readLimited, readSync, streamLimited } from '../../src/files/recipe.ts';

const files = Array.from({ length: 200 }, () => import.meta.filename);
const digests = readSync(files, 'digest');
assert.deepEqual(await readLimited(files, 'digest', 16), digests);
assert.deepEqual(await streamLimited(files, 'digest', 16), digests);
console.log(`${files.length} files were read synchronously, 16 at a time and as streams, all with the same digests.`);
