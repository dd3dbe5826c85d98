import { defineClaim, intervals } from '@cookbook/lab/claim';
import { ratioFigure } from '@cookbook/lab/speedup';
import { openServer } from '../proof/server/index.ts';
import { compareFetch } from './proof/compare.ts';

export default defineClaim({
  id: 'async-io/fetch-cost',
  question: 'Is fetch slower than other HTTP clients in Node.js?',
  says: 'fetch is as fast as any other HTTP client.',
  from: ['ours'],
  inNode: 'no',
  answer: 'The fetch of undici takes at least 1.3 times the CPU time of its request for the same small answer.',

  async measure({ signal, budget }) {
    await using server = await openServer({}, signal);
    const cost = await compareFetch(server, { signal, budget: Math.min(budget, 1_500) });
    return [
      {
        ...intervals(
          'fetch takes {fetch-cost range} the CPU time of request.',
          ratioFigure('fetch-cost', 'CPU time of fetch / request', cost, { least: 1.3 }),
        ),
        notes: ['One request after another over a kept connection, 256 bytes each. CPU time is that of this process.'],
      },
    ];
  },
});
