// What a thread of the pool does with a message: it counts the primes below each number of it.

import { countPrimes } from '@cookbook/lab/task';
import { eachOf } from '../recipe.ts';

export default eachOf(countPrimes);
