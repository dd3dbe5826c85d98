import assert from 'node:assert/strict';
import { openStream } from '../../src/random-streams/recipe.ts';

const seed = 1961;
const draw = (stream: number) => Array.from({ length: 4 }, openStream(seed, stream));
assert.deepEqual(draw(7), draw(7)); // in whichever worker it is drawn
assert.notDeepEqual(draw(7), draw(8));
console.log(`Stream 7 of seed ${seed}: ${draw(7).join(', ')}`);
