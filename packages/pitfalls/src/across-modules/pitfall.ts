import { drawArrows } from '../pitfall/drawing.ts';
import type { Pitfall } from '../pitfall/pitfall.ts';
import { trap } from './recipe.ts';

export const pitfall: Pitfall = {
  name: 'across-modules',
  recipe: new URL('./recipe.ts', import.meta.url),
  trap: '`import { visits }` in a worker',
  surprise: 'The worker runs the module again: what this thread has counted is 0 there.',
  question: 'What is imported?',
  choices: ['3', '0', 'undefined'],
  expected: '3',
  happens: async () => String((await trap()).imported),
  why: 'Each worker, as each process, has a module cache of its own, and so a `visits` of its own.',
  async draw() {
    const { here, imported } = await trap();
    const [ours, theirs] = [{}, {}];
    return drawArrows([
      { name: 'a.ts: visits', to: ours, text: `{ count: ${here} } of this thread` },
      { name: 'b.ts: visits', to: ours },
      { name: 'worker.ts: visits', to: theirs, text: `{ count: ${imported} } of the worker` },
    ]);
  },
  fix: 'Send the worker what it needs, by workerData or a message: a copy, as of that moment.',
  cheaper: 'For a number that all keep reading and writing, a SharedArrayBuffer and Atomics.',
  types: 'None: the import is right, and so is its type.',
  wanted: 'Nearly always: it is why a worker cannot corrupt the state of the main thread.',
};
