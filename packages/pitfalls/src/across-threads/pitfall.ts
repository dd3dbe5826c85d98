import { inspect } from 'node:util';
import { drawArrows } from '../pitfall/drawing.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'across-threads',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`worker.postMessage(numbers)`',
  surprise: 'The worker gets a copy: what it writes there is not seen here.',
  question: 'The worker adds 1 to the first number. What is numbers[0] here, once it has answered?',
  choices: ['11', '10', 'undefined: the array went to the worker'],
  expected: '11',
  happens: async () => String((await trap()).numbers[0]),
  why: 'Threads of Node do not share their objects: a message is a structured clone.',
  async draw() {
    const { numbers, answer } = await trap();
    return drawArrows([
      { name: 'numbers here', to: numbers, text: inspect([...numbers]) },
      { name: 'numbers in the worker', to: answer, text: `[ ${answer.first}, 20, 30 ]` },
    ]);
  },
  fix: 'Take the result from the answer.',
  cheaper: 'A SharedArrayBuffer is one memory in both threads. Where both write, use Atomics.',
  also: [
    { says: 'a buffer in the transfer list is moved: numbers here has 0 elements afterwards.', region: 'transfer' },
  ],
  types: 'Nothing: postMessage takes any value, functions too, and throws DataCloneError for those at run time.',
  wanted: 'Nearly always: without shared objects there are no races on them.',
};
