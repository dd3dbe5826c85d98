import { defineClaim, drawn } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { apart, faster, rightEstimate, runSimulations, sameEverywhere } from './proof/simulations.ts';

export default defineClaim({
  id: 'processes/random-streams',
  question: 'How do I run a random simulation in several processes so that it can be repeated?',
  says: 'Use processes for simulation.',
  from: ['MM', 'QA'],
  inNode: 'only if each worker draws from a random stream of its own',
  answer:
    'A simulation in N processes draws the numbers of one if each stream has its own key; given one stream, all draw alike.',

  async measure(context) {
    const lanes = Math.max(2, usableCores());
    const simulations = await runSimulations(lanes, context);
    return [
      sameEverywhere(
        'In threads and in processes every stream has the numbers that it has on one thread.',
        simulations,
      ),
      apart('No two streams are alike; given one stream, {alike-of-one-stream} workers repeat another.', simulations),
      rightEstimate(simulations),
      await faster(`${lanes} processes simulate {processes-observed} as fast as one.`, lanes, context),
      drawn({
        notes: ['Simulation: how often, of 23 people, two have the same birthday; the chance is known by arithmetic.'],
      }),
    ];
  },
});
