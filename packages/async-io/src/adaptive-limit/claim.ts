import { defineClaim } from '@cookbook/lab/claim';
import { BUSY_SERVER } from '../how-many-at-once/proof/busy-server.ts';
import { openServer } from '../proof/server/index.ts';
import {
  changeFinding,
  comparison,
  measureAdaptive,
  measureChange,
  refused,
  settledFinding,
} from './proof/findings.ts';

export default defineClaim({
  id: 'async-io/adaptive-limit',
  question: 'How can a client find its concurrency limit by itself?',
  says: 'One has to pick the number of tasks.',
  from: ['RC', 'QA'],
  inNode: 'no',
  answer:
    'A limit that adapts to latency settles within 20 % of what a server works on at once, 32 here, unrefused, also when it slows down.',

  async measure(context) {
    await using server = await openServer(BUSY_SERVER, context.signal);
    context.screen.draw('… adaptive-limit: a limit that adapts to latency');
    const adapted = await measureAdaptive(server, context);
    const changed = await measureChange(server, context);
    return [
      settledFinding(
        'Starting at 1, the adaptive limit settled at {limit number} for a server that works on 32 at once.',
        adapted,
      ),
      refused('The server refused {refused or none} of its requests.', adapted),
      changeFinding(
        'When the server began to take twice as long, the limit settled at {changed-limit number}.',
        changed,
      ),
      ...comparison(adapted),
    ];
  },
});
