import { fileURLToPath } from 'node:url';
import { counts, defineClaim } from '@cookbook/lab/claim';
import { pythonHalf } from '@cookbook/lab/python';
import { judgeWork, parallel } from '@cookbook/lab/speedup';
import { TfidfVectorizer } from './index.ts';
import { compareWithScikitLearn, pythonStructure } from './proof/against-scikit-learn.ts';
import { BROWN_FOLDER, readBrown } from './proof/brown.ts';
import { compareThreads } from './proof/same-bits.ts';
import { measureSizes, showSizes } from './proof/speedup-by-size.ts';
import { measureLanes } from './proof/speedup-of-lanes.ts';

export default defineClaim({
  id: 'utils/tf-idf',
  question: "Is there a TF-IDF for Node.js that gives scikit-learn's results?",
  says: "TF-IDF scores of documents, by scikit-learn's vectoriser, rank the results of a search.",
  from: ['RC'],
  inNode: 'yes',
  answer:
    "This TfidfVectorizer has scikit-learn's terms and matrix structure; 1, 2 and 3 threads give the same bits; threads that vectorise gain nearly 1x per core.",

  async measure(context) {
    const documents = readBrown();
    await using one = new TfidfVectorizer({ threads: 1 });
    const matrix = await one.fitTransform(documents, context);
    const bits = await compareThreads(documents, one, matrix, [2, 3], context);
    const speedup = await measureLanes(documents, matrix.nnz, context);
    const sizes = await measureSizes(documents, context);
    const threads = `${speedup.lanes} threads`;
    const words = `${threads} that each vectorise the corpus are {threads-observed} as fast as one.`;
    const structure = 'Of terms, row ends and columns, {structure or none} differs from scikit-learn.';
    return [
      counts(structure, compareWithScikitLearn(one, matrix)),
      counts('Of {entries}, {bits-2 or none} differ on 2 threads in any bit, {bits-3 or none} on 3.', ...bits),
      parallel('threads', threads, speedup, words, judgeWork),
      showSizes(sizes, documents.length),
    ];
  },

  python: pythonHalf(new URL('./original.py', import.meta.url), [fileURLToPath(BROWN_FOLDER)], pythonStructure),
});
