import { defineClaim, drawn } from '@cookbook/lab/claim';
import { withFolder } from '@cookbook/lab/cleanup';
import { usableCores } from '@cookbook/lab/host';
import { writeSamples } from './proof/brown-corpus.ts';
import { faster, learned, sameBits, solveEverywhere, together, trainingTimes } from './proof/result-figures.ts';

export default defineClaim({
  id: 'processes/data-analysis',
  question: 'Can Node.js analyse data in several processes and get the same result every time?',
  says: 'Use processes for data analysis, simulation and machine learning on large data.',
  from: ['MM', 'QA'],
  inNode: 'yes',
  answer:
    'Counting words and training a model over fixed shards gives the same bits in one process and in many; counting gains nearly 1x per core.',

  measure: (context) =>
    withFolder('data-analysis', async (folder) => {
      const lanes = Math.max(2, usableCores());
      const texts = writeSamples(folder);
      const solutions = await solveEverywhere(texts, lanes, context);
      return [
        sameBits(
          'Words counted and a model trained have the same bits on one thread, in threads and in processes.',
          solutions,
        ),
        ...learned('The model finds the kind of {accuracy} of the passages that it has not seen.', solutions, texts),
        await faster(`${lanes} processes count {counting-observed} as fast as one.`, texts, lanes, context),
        together('', solutions, lanes),
        trainingTimes(solutions),
        drawn({
          notes: [
            'Words: the 500 samples of the Brown Corpus. Model: logistic regression of imaginative or informative prose on the 200 commonest words, 100 steps.',
            'A step of the training takes a few milliseconds and ends when the slowest has answered: what messages cost shows there, so its time is shown and not judged.',
          ],
        }),
      ];
    }),
});
