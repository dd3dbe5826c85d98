import { defineClaim } from '@cookbook/lab/claim';
import { openServer } from '../proof/server/index.ts';
import { cpuShare, drawNetwork, inFlight, measureNetwork, speedups } from './proof/findings.ts';

/** ms that a request waits at the server. */
const DELAY = 20;

export default defineClaim({
  id: 'async-io/network',
  question: 'Should network requests use threads or async in Node.js?',
  says: 'Use threads or async for network requests.',
  from: ['RC', 'MM', 'QA'],
  inNode: 'only if async is chosen',
  answer:
    'Requests that wait 20 ms are answered 8 times as fast with 8 in flight on one thread, 32 times with 32, to within 10 %.',

  async measure(context) {
    await using server = await openServer({ delay: DELAY }, context.signal, { http2: true });
    context.screen.draw('… network: one after another, and many in flight');
    const network = await measureNetwork(server, context);
    return [
      speedups(
        'Requests were answered {in-flight-8-speedup} as fast with 8 in flight on one thread, {in-flight-32-speedup} with 32.',
        network,
      ),
      cpuShare("The thread's CPU worked for {cpu-share} of a request's time.", network),
      ...inFlight(network),
      drawNetwork(network, DELAY),
    ];
  },
});
