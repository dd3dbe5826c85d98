import { defineClaim, drawn } from '@cookbook/lab/claim';
import { describe, keeps, neverSheds, plotsOf, utilisation } from './proof/findings.ts';
import { measureOverload } from './proof/overload.ts';

export default defineClaim({
  id: 'async-io/load-shedding',
  question: 'How do I keep a Node.js server answering when it gets more requests than it can handle?',
  says: 'A server under too much load gets slower for everyone, but does as much as it can.',
  from: ['ours'],
  inNode: 'only if it refuses what it cannot answer in time',
  answer:
    'At twice its capacity a server that refuses early answers over 80 % of that in time; one that refuses nothing, under 50 %.',

  async measure(context) {
    const overload = await measureOverload(context);
    return [
      keeps(
        'At twice its capacity a server that waits answered {plain number} % of that in time where it refused nothing,',
        'plain',
        'waiting',
        overload,
        false,
      ),
      keeps('and {pending number} % with at most 4 requests under way.', 'pending', 'waiting, shed', overload, true),
      keeps('One that computes answered {thread number} %,', 'thread', 'computing', overload, false),
      keeps('and {busy number} % with at most 50 ms without a rest.', 'busy', 'computing, shed', overload, true),
      utilisation(
        'Refusing after each 100 ms with a utilisation over 0.98 it answered {utilisation number} %.',
        overload,
      ),
      neverSheds('Where requests were refused, all {health number} health checks were answered.', overload.checks),
      drawn({ notes: describe(overload), plots: plotsOf(overload) }),
    ];
  },
});
