import { counts, defineClaim } from '@cookbook/lab/claim';
import { measureOneFailure } from './proof/one-failure.ts';

export default defineClaim({
  id: 'async-io/fail-fast',
  question: 'How do I stop the other requests when one of them fails?',
  says: 'Promise.all fails fast: the first rejection ends the rest.',
  from: ['ours'],
  inNode: 'no',
  answer:
    'When the first of 60 requests fails, Promise.all still sends all 60; mapLimited, 8 at once, begins no more and cancels the other 7.',

  async measure({ signal }) {
    const { all, limited, answers } = await measureOneFailure(signal);
    return [
      counts('After the first of 60 requests had failed, Promise.all with a limit still sent all {all-sent}.', ...all),
      counts(
        'mapLimited had begun {limited-begun}, cancelled {limited-cancelled number}, and rejected with {limited-running or none} under way.',
        ...limited,
      ),
      counts('', ...answers),
    ];
  },
});
