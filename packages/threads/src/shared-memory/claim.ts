import { counted, defineClaim, judgeBounds } from '@cookbook/lab/claim';
import type { Context } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { handOver } from './recipe.ts';
import type { Sides } from './recipe.ts';

const ROUNDS = 5;

type Round = Awaited<ReturnType<typeof handOver>>;

export default defineClaim({
  id: 'threads/shared-memory',
  says: "Threads share the process's memory.",
  from: ['MM', 'QA'],
  answer:
    'Workers do not: objects, arrays, module variables and the environment are copies, a transferred buffer leaves its sender; only a SharedArrayBuffer is one memory.',

  async measure({ signal }: Context) {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      signal.throwIfAborted();
      rounds.push(await handOver());
    }
    const count = (seen: (round: Round) => boolean): number => rounds.filter(seen).length;
    const changed = (way: 'object' | 'copied' | 'shared' | 'module') => count((round) => round[way].sender !== 0);
    const done = count((round) => [round.object, round.copied, round.transferred, round.shared].every(wasChanged));

    const never = { most: 0 };
    const always = { least: ROUNDS };
    const unit = `of ${ROUNDS}`;
    return {
      headline: `changes of the worker that the sender saw: posted object ${changed('object')}, posted array ${changed('copied')}, module variable ${changed('module')}, SharedArrayBuffer ${changed('shared')} ${unit}`,
      figures: [
        counted('the worker changed what it was given', done, unit, always),
        counted('posted object: change seen by the sender', changed('object'), unit, never),
        counted('posted Int32Array: change seen by the sender', changed('copied'), unit, never),
        counted('variable of a module: change seen by the sender', changed('module'), unit, never),
        counted('environment: change seen by the sender', count(sawEnvironment), unit, never),
        counted('transferred buffer: empty at the sender', count(leftItsSender), unit, always),
        counted(
          'transferred buffer: back with the change',
          count(({ back }) => back === 1),
          unit,
          always,
        ),
        counted('SharedArrayBuffer: change seen by the sender', changed('shared'), unit, always),
      ],
    };
  },

  judge: judgeBounds,

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const seen = answer as Record<string, number>;
    const figures = Object.entries(seen).map(([what, changes]) =>
      counted(`${what}: change seen by the starter`, changes, 'of 1', { least: 1 }),
    );
    const headline = `the starter saw the thread's change of ${Object.keys(seen)
      .filter((what) => seen[what])
      .join(', ')}`;
    return { figures, headline, judgement: judgeBounds({ figures }) };
  }),
});

function wasChanged({ worker }: Sides): boolean {
  return worker === 1;
}

function sawEnvironment({ environmentVariable }: Round): boolean {
  return environmentVariable !== undefined;
}

function leftItsSender({ transferred, bytesLeft }: Round): boolean {
  return transferred.sender === undefined && bytesLeft === 0;
}
