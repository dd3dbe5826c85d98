import { counts, defineClaim, drawn } from '@cookbook/lab/claim';
import { rejectionFigures } from './proof/early-rejection.ts';
import { describeForms, oneInFlight, runForms, severalInFlight } from './proof/forms.ts';

export default defineClaim({
  id: 'async-io/sequential-await',
  question: 'Does await in a loop run requests one at a time?',
  says: 'Async code runs at the same time.',
  from: ['ours'],
  inNode: 'only if every call is made before the first answer is awaited',
  answer:
    'A loop that awaits has one request in flight, whatever its form or limit; Promise.all has all 24, or 8 under a limit of 8.',

  async measure(context) {
    const { loops, overlapping } = await runForms(context);
    const words = {
      all: 'Promise.all has {all} in flight.',
      'all-limit': 'Promise.all with a limit of 8 has {all-limit} in flight.',
    };
    return [
      oneInFlight('A loop that awaits has {loop} in flight, with or without a limit.', loops),
      ...severalInFlight(words, overlapping),
      counts(
        'A promise that rejects before the loop awaits it ends the program with exit status {late-status number}.',
        ...(await rejectionFigures(context.signal)),
      ),
      drawn({ notes: describeForms([...loops, ...overlapping]) }),
    ];
  },
});
