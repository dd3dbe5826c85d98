import { defineClaim } from '@cookbook/lab/claim';
import {
  afterAKill,
  inOneProcess,
  inTwoProcesses,
  repeatInAllWays,
  underTheLock,
  withoutGate,
} from './proof/findings.ts';

export default defineClaim({
  id: 'processes/no-overlap',
  question: 'How do I stop a setInterval or cron job from running twice at the same time?',
  says: 'setInterval, or a cron job, runs its work once every so often.',
  from: ['ours'],
  inNode: 'only if the work ends before the next time, and one process has it',
  answer:
    'An interval of 100 ms runs work of 250 ms three at once; an SQLite lock allows one, across two processes, also after a kill.',

  async measure(context) {
    const repeats = await repeatInAllWays(context);
    return [
      withoutGate('An interval of 100 ms had {any number} runs of 250 ms under way at once.', repeats),
      inOneProcess('A guard in its process left {one number}.', repeats),
      inTwoProcesses('Two processes, each with a guard of its own, had {two number}.', repeats),
      underTheLock('Under the lock two processes had {locked number} at once, in {locked-runs}.', repeats),
      afterAKill(
        'In {went-on number} of 3 pairs one was killed in the middle of a run, and the other went on.',
        repeats,
      ),
    ];
  },
});
