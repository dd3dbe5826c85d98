import { counts, defineClaim, drawn } from '@cookbook/lab/claim';
import { fetchUnderFaults, restartAfter } from './proof/episodes.ts';
import { describeFailures, goneFigures, restartFigures, singleFigures } from './proof/figures.ts';

const DOCUMENTS = 400;
const DOWN_MS = 150;
/** With waits of up to 100 ms in between they last for longer than the server is down. */
const ATTEMPTS = 15;

export default defineClaim({
  id: 'async-io/faults',
  question: 'How do I fetch many documents when some requests fail?',
  says: 'A network fails: connections break, answers are cut short, servers are restarted.',
  from: ['ours'],
  inNode: 'yes',
  answer:
    'With retries, 400 of 400 documents arrive exactly once although 5 % of connections reset, 2 % of bodies are cut, and the server restarts.',

  async measure({ signal }) {
    const fetch = (attempts: number, interrupt?: ReturnType<typeof restartAfter>) =>
      fetchUnderFaults({ documents: DOCUMENTS, attempts, ...(interrupt && { interrupt }) }, signal);
    const restarted = await fetch(ATTEMPTS, restartAfter(DOWN_MS));
    const single = await fetch(1);
    const gone = await fetch(2, (server) => server.stop());
    return [
      counts(
        '{here} arrived, {twice or none} of them twice, in spite of {resets}, {cuts} and {restarts}.',
        ...restartFigures(restarted, DOCUMENTS),
      ),
      counts(
        'With one attempt {single-missing} were reported missing, {single-wrong or none} of them wrongly.',
        ...singleFigures(single, DOCUMENTS),
      ),
      counts(
        'When the server did not come back, {gone-missing} were reported missing.',
        ...goneFigures(gone, DOCUMENTS),
      ),
      drawn({ notes: describeFailures(restarted, single, gone) }),
    ];
  },
});
