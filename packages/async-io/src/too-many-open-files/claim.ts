import { defineClaim } from '@cookbook/lab/claim';
import { findSmallFiles, packagesFolder } from '../files/proof/corpus.ts';
import { readSync } from '../files/recipe.ts';
import { descriptorFindings, descriptorsLack, readWithFewDescriptors } from './proof/few-descriptors.ts';

export default defineClaim({
  id: 'async-io/too-many-open-files',
  question: 'What to do about EMFILE, too many open files?',
  says: 'Open all files at once: asynchronous calls are cheap.',
  from: ['ours'],
  inNode: 'only if the process may have as many descriptors open',
  answer:
    'Some of 500 files opened at once fail with EMFILE where 64 may be open; with a limit of 16, or retries, all are read.',
  needs: [() => descriptorsLack()],

  async measure({ signal }) {
    const files = findSmallFiles(packagesFolder(), 500);
    const few = await readWithFewDescriptors(files, signal);
    const words = {
      refused: 'Of 500 files opened at once, {refused number} failed with EMFILE where {allowed number} may be open.',
      limited: 'With 16 at a time {limited-wrong or none} failed.',
      retried: 'With a retry {retried-wrong or none} did, after {retries number} refusals.',
    };
    return descriptorFindings(words, few, readSync(files, 'digest'));
  },
});
