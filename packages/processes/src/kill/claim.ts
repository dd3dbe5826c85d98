import { counted, counts, defineClaim, intervals, shown } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { askHandlers, endLoops } from './proof/ends.ts';

export default defineClaim({
  id: 'processes/kill',
  question: 'How do I kill a child process that never ends?',
  says: 'Child processes can be interrupted and killed.',
  from: ['QA'],
  inNode: 'yes',
  answer:
    'SIGKILL ends any child process within 200 ms; SIGTERM does not end a process that handles that signal and computes.',

  async measure(context) {
    const { sigterm, sigkill, abort, timeout } = await endLoops(context);
    const { alive, early, killed } = await askHandlers();
    return [
      intervals('An endless loop was gone {sigkill-time range} after SIGKILL.', sigkill.time),
      intervals('', sigterm.time, abort.time, timeout.time),
      counts('', sigkill.count, sigterm.count),
      counts('An AbortSignal and a timeout ended every loop by SIGKILL.', abort.count, timeout.count),
      counts('Processes that handle SIGTERM and compute lived on after it, until they were killed.', alive, killed),
      counts('', early),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [], (answer) => {
    const { alive, exitcode, ms } = answer as { alive: number; exitcode: number; ms: number };
    return [
      counts(
        'terminate() ended an endless loop.',
        counted('alive', 'endless loops alive after terminate()', alive, 'processes', { most: 0 }),
        counted('exit-code', 'exit code, below 0 for a signal', exitcode, '', { most: -1 }),
      ),
      shown('It was gone after {time}.', counted('time', 'time from terminate() until it is gone', ms, 'ms')),
    ];
  }),
});
