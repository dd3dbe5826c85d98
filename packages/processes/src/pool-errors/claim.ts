import { counts, defineClaim, shown } from '@cookbook/lab/claim';
import { crash, throwErrors, throwOthers } from './proof/failures.ts';

export default defineClaim({
  id: 'processes/pool-errors',
  question: 'What happens to a process pool when a task throws or crashes?',
  says: 'A crash of one task breaks the whole process pool.',
  from: ['ours'],
  inNode: 'no',
  answer:
    'An error of a task reaches the caller with its class and message; a crash rejects only its own task, and its process is replaced.',

  async measure(context) {
    const { kept, plain } = await throwErrors(context);
    const { others: values, processes } = await throwOthers(context);
    const { rejected, others, replaced } = await crash(context);
    return [
      counts('{errors-kept number} of 5 errors of a task arrived with class, message and stack.', kept),
      shown('From Tinypool alone {errors-plain number} of 5 arrived as plain objects.', plain),
      counts(
        'Of 15 tasks that threw a value or had an output that cannot be cloned, {others-kept number} rejected with it, or a DataCloneError, in one process.',
        values,
        processes,
      ),
      counts(
        'Each of {crashes-rejected number} crashes rejected its own task; of the others {others-failed or none} failed, and {replaced number} new processes took over.',
        rejected,
        others,
        replaced,
      ),
    ];
  },
});
