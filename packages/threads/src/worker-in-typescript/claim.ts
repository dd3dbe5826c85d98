import { counts, defineClaim } from '@cookbook/lab/claim';
import { tryAll } from './proof/starts.ts';

export default defineClaim({
  id: 'threads/worker-in-typescript',
  question: 'How do I start a worker thread that is written in TypeScript?',
  says: "new Worker(new URL('./worker.ts', import.meta.url)) works everywhere.",
  from: ['ours'],
  inNode: 'only if the program is not compiled or bundled',
  answer:
    "A worker at new URL('./w.ts', import.meta.url) starts in Node.js, tsx and vitest, not compiled by tsc or bundled by esbuild; with workerUrl() in all five.",

  async measure({ signal }) {
    const { plain, helper, unnamed, rest } = await tryAll(signal);
    return [
      counts(
        'The plain form starts {plain} of node, tsx and vitest, and {plain-compiled} of tsc and esbuild.',
        ...plain,
      ),
      counts('With workerUrl it starts {helper}.', helper),
      counts('A worker that is no entry point of the bundle starts in neither way.', unnamed),
      ...rest,
    ];
  },
});
