import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { AdaptiveLimit } from '../../src/adaptive-limit/recipe.ts';

const limit = new AdaptiveLimit();
const answers = await Promise.all(
  Array.from({ length: 100 }, (_, number) =>
    limit.run(async () => {
      await sleep(10); // a request, to a server that is never full: the limit only grows
      return number;
    }),
  ),
);
assert.deepEqual(answers, [...answers.keys()]);
assert.ok(limit.limit > 1);
console.log(`${answers.length} requests were answered; the limit grew from 1 to ${limit.limit}.`);
