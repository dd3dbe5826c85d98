import { counted, counts, defineClaim, exactly, shown } from '@cookbook/lab/claim';
import { costOfReading, readAndWrite, readersKeptOut } from './proof/readers-and-writers.ts';

const READERS = 2;
const WRITERS = 2;
const ROUNDS = 5;

export default defineClaim({
  id: 'threads/read-write-lock',
  question: 'Can several worker threads read shared memory at once while writers are kept out?',
  says: 'A read-write lock lets readers in together and a writer alone.',
  from: ['MM'],
  inNode: 'yes',
  answer:
    'A read-write lock on Atomics lets 2 readers in together and each writer alone; no reader ever sees half of a write.',

  async measure(context) {
    const seen = await readAndWrite(READERS, WRITERS, ROUNDS, context);
    const keptOut = await readersKeptOut(ROUNDS, context);
    return [
      counts(
        'In {accesses} under the read-write lock {together} were inside together, {overlaps or none} with a writer.',
        counted('accesses', 'read-write lock: reads and writes', seen.accesses, 'accesses'),
        counted('together', 'read-write lock: inside together, in every round', seen.together, 'readers', {
          least: READERS,
        }),
        counted('overlaps', 'read-write lock: a writer and another inside', seen.writerOverlaps, 'times', { most: 0 }),
      ),
      counts(
        'Half of a write was seen by {torn or none} of the reads, without a lock by {torn-unlocked}.',
        counted('torn', 'read-write lock: torn reads', seen.torn, 'reads', { most: 0 }),
        // At least once a round: the threads meet between the two halves of a write.
        counted('torn-unlocked', 'nothing: torn reads', seen.tornUnlocked, 'reads', { least: ROUNDS }),
      ),
      counts(
        'A reader that came while a writer waited was kept out in {kept-out}.',
        counted('kept-out', 'readers kept out by a writer that waits', keptOut, `of ${ROUNDS} rounds`, exactly(ROUNDS)),
      ),
      shown('A short read costs {cost range} one under a mutex.', await costOfReading(context)),
    ];
  },
});
