import { counts, defineClaim, drawn, intervals, shown } from '@cookbook/lab/claim';
import { crowdFigures, keptFigures, slowFigures } from './proof/figures.ts';
import { lackOfFiles, measureBroadcasts, NOTES } from './proof/broadcasts.ts';

export default defineClaim({
  id: 'async-io/websocket',
  question: 'Can one Node.js thread serve 1,000 WebSocket clients?',
  says: 'Web sockets with many clients are a use of threads.',
  from: ['MM'],
  inNode: 'no',
  answer:
    'One thread sends 100 messages to each of 1,000 WebSocket clients in order; a client that does not read is dropped once 1 MiB waits.',
  needs: [lackOfFiles],

  async measure(context) {
    const seen = await measureBroadcasts(context);
    const { judged, latencies } = crowdFigures(seen.crowd);
    const slow = slowFigures(seen.bounded);
    const kept = keptFigures(seen.unbounded);
    return [
      counts(
        'One thread sent {crowd-delivered} to {crowd-clients}; {crowd-misplaced or none} were lost, repeated or out of order.',
        ...judged,
      ),
      shown('From the broadcast to the client, p99 was {crowd-p99}.', ...latencies),
      counts(
        'A client that did not read was dropped with {slow-buffered} waiting for it; of the {others-delivered} to the others {others-misplaced or none} were lost, repeated or out of order.',
        ...slow.judged,
      ),
      counts('Without a limit {kept-buffered} waited for such a client.', ...kept.judged),
      intervals('', seen.pace),
      shown('', ...slow.memory, ...kept.memory),
      drawn({ notes: NOTES }),
    ];
  },
});
