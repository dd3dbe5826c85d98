import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { commonest, countWords, openCounters } from '../../src/data-analysis/recipe.ts';

// Shards of one file each: this one, three times.
const file = fileURLToPath(import.meta.url);
const counters = openCounters(2);
try {
  const one = await countWords(counters, [[file]]);
  const three = await countWords(counters, [[file], [file], [file]]);
  assert.deepEqual(three, new Map([...one].map(([word, count]) => [word, 3 * count])));
  console.log(`Two processes counted the words of three files: most often '${commonest(three, 1)[0]}'.`);
} finally {
  await counters.close();
}
