import { defineClaim } from '@cookbook/lab/claim';
import { UNIT_MS } from '@cookbook/lab/task';
import { planWork, watchMechanisms } from './proof/mechanisms.ts';
import { timeline } from './proof/picture.ts';
import { watchPythons } from './proof/python.ts';
import { drawRows, watchedCores } from './proof/row.ts';

export default defineClaim({
  id: 'processes/reality-check',
  question: 'Which keeps all CPU cores busy: async tasks, worker threads or child processes?',
  says: 'Run CPU-bound work with threads and with processes and watch the CPU: the graph shows the difference.',
  from: ['RC'],
  inNode: 'no',
  answer:
    'Worker threads and forked processes keep every core busy with CPU-bound work; async tasks keep one core busy, however many there are.',

  async measure(context) {
    const work = planWork();
    const rows = await watchMechanisms(work, context);
    const python = await watchPythons(context, work.lanes);
    const all = [...rows, ...python.rows];
    context.screen.print(`\n${drawRows(all)}\n`);
    const { lanes, rounds } = work;
    const constant = `Held constant: ${lanes} lanes, ${lanes * rounds} units of work, ${UNIT_MS} ms of CPU time a unit.`;
    return [
      ...rows.map(({ finding }) => finding),
      watchedCores(rows),
      { figures: [], notes: [constant], plots: [timeline(all)], python: python.runs },
    ];
  },
});
