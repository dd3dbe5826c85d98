import { defineClaim, drawn } from '@cookbook/lab/claim';
import { allAnswered, delay, drawLatencies, ownWork, plotsOf, sentInTime } from './proof/latency-figures.ts';
import { describeTraffic, measureRounds } from './proof/rounds.ts';

export default defineClaim({
  id: 'async-io/web-server',
  question: 'Does one slow request block every other request of a Node.js server?',
  says: 'A threaded server serves many clients without blocking the others.',
  from: ['QA'],
  inNode: 'only if what computes runs on threads of its own',
  answer:
    'A handler that computes delays other requests by at least 0.6 of its time (p99); one that waits, or uses threads, at most 0.4.',

  async measure(context) {
    const { rounds, load, threads } = await measureRounds(context);
    return [
      delay(
        'While a heavy handler of {inline-handler} computes inline, p99 of light requests is {inline-p99}.',
        'computing inline',
        rounds,
        load,
      ),
      delay('While the handler waits, p99 is {waiting-p99}.', 'waiting', rounds, load),
      delay('While it computes in a pool of threads, p99 is {pool-p99}.', 'computing in a pool', rounds, load),
      allAnswered(rounds),
      ownWork(rounds),
      sentInTime(rounds),
      drawn({
        notes: [describeTraffic(threads), drawLatencies(rounds, context.screen.columns)],
        plots: plotsOf(rounds),
      }),
    ];
  },
});
