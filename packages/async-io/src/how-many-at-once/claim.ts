import { defineClaim } from '@cookbook/lab/claim';
import { openServer } from '../proof/server/index.ts';
import { BUSY_SERVER } from './proof/busy-server.ts';
import { beyondKnee, drawSweep, kneeFinding, MOST, serverCounts } from './proof/findings.ts';
import { memoryInFlight } from './proof/memory.ts';
import { measureSweep } from './proof/sweep.ts';

export default defineClaim({
  id: 'async-io/how-many-at-once',
  question: 'How many requests should be in flight at once?',
  says: 'One has to pick the number of tasks.',
  from: ['RC', 'QA'],
  inNode: 'yes',
  answer:
    'The best number in flight is what the server works on at once, 32 here; of 1,024 requests at once over half are refused.',

  async measure(context) {
    const { signal, screen } = context;
    await using server = await openServer(BUSY_SERVER, signal);
    const points = await measureSweep(server, context);
    const memory = await memoryInFlight(MOST, signal);
    return [
      kneeFinding(
        'With {knee number} in flight {goodput-knee number} good answers came a second; {goodput-1 number} with one, and {goodput-1024 number} with 1,024.',
        points,
      ),
      beyondKnee('Of 1,024 requests at once the server refused {refused-1024}.', points),
      serverCounts(points),
      ...drawSweep(points, memory, screen.columns),
    ];
  },
});
