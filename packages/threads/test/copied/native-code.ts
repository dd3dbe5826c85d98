import assert from 'node:assert/strict';
import { deriveKey, deriveKeys } from '../../src/native-code/recipe.ts';

const keys = await deriveKeys(4, 4_096);
assert.deepEqual(new Set(keys), new Set([await deriveKey(4_096)]));
assert.ok(keys[0]!.startsWith('c5e478d59288c841'));
console.log(`Four keys at once, from one thread: ${keys[0]}`);
