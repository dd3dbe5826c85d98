import { defineClaim } from '@cookbook/lab/claim';
import { measureRates } from './proof/runs.ts';

export default defineClaim({
  id: 'async-io/rate-limit',
  question: 'How do I limit requests per second in Node.js?',
  says: 'A limit on how many requests run at once keeps the rate limit of an API.',
  from: ['ours'],
  inNode: 'no',
  answer:
    'A limit of 50 a second, bursts of 10, starts at most 60 in any second; 10 at once (5 ms each), at least 180.',

  measure: measureRates,
});
