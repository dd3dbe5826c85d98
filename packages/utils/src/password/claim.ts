import { counts, defineClaim, drawn } from '@cookbook/lab/claim';
import { drawPasswords, FAIR } from './proof/draw-passwords.ts';
import { compareFixed, compareOthers, compareOurs, compareSources } from './proof/figures.ts';

export default defineClaim({
  id: 'utils/password',
  question: 'How do I generate a secure random password with digits and symbols in Node.js?',
  says: 'A strong password is made from random characters: a length, upper-case letters, digits and special characters.',
  from: ['RC'],
  inNode: 'only if every password that meets the demands is equally likely',
  answer:
    'Numbering all allowed passwords and drawing one number gives 50,000 unbiased ones with every class; classes in fixed places lose 6.4 bits.',

  async measure({ signal }) {
    const passwords = await drawPasswords(signal);
    return [
      counts(
        'Of {drawn}, {with-classes number} have every class; the most uneven position is {ours} from chance, where 5 sd is the limit.',
        ...compareOurs(passwords),
      ),
      counts(
        'Classes in fixed places lose {fixed-bits} and are {fixed} from chance, {shuffled} once shuffled.',
        ...compareFixed(passwords),
      ),
      counts('', ...compareOthers(passwords)),
      counts('A password takes {system-bits} of the random source of the system.', ...compareSources()),
      drawn({
        notes: [
          `sd: standard deviations of chi-square above its mean; a fair source exceeds ${FAIR} once in 3.5 million trials.`,
          'Counting characters cannot distinguish Math.random from a safe source, as random.choice of all shows. It is unfit because its next number can be computed from those before.',
        ],
      }),
    ];
  },
});
