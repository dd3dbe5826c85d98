import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { allHold, counted, defineClaim, formatNumber, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { pythonHalf } from '@cookbook/lab/python';
import { isSettled, judgeWork, measureSpeedup, speedupFigures, workerLanes } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { BatchWriter } from './lanes/batch.ts';
import { BROWN_FOLDER, readBrown } from './proof/brown.ts';
import { TfidfVectorizer } from './index.ts';
import type { CsrMatrix } from './index.ts';
import type { LaneData } from './proof/vectorize-task.ts';
import { measureSizes, plotOf } from './proof/speedup-by-size.ts';

/** What scikit-learn 1.2.1 makes of the Brown Corpus: SHA-256 of the terms, a line each, and of the arrays. */
const SCIKIT_LEARN = {
  vocabulary: '1c967b9c81f1aeb2c35c72f96742add436176eae07fc20f339f4b26b980b3d88',
  indptr: 'c121bf9a52f8e1f086487b8730e4235254b279dbf16ec5adf9aade276c948105',
  indices: '7d98b17c710ba3ea20eb0b5defda68a39c5078a358af226aad04fa68d120d38b',
};

/** For more trials than the least: a claim takes a few seconds. */
const TRIALS_MS = 2_000;

interface TfidfEvidence extends Evidence {
  readonly counts: readonly Figure[];
  readonly speedup: Speedup;
}

export default defineClaim<TfidfEvidence>({
  id: 'utils/tf-idf',
  says: "TF-IDF scores of documents, by scikit-learn's vectoriser, rank the results of a search.",
  from: ['RC'],
  answer:
    "The terms and the structure are scikit-learn's exactly; threads give the bits of one thread, and the work of a thread gains close to 1x per core.",

  async measure(context: Context) {
    const documents = readBrown();
    await using one = new TfidfVectorizer({ threads: 1 });
    const matrix = await one.fitTransform(documents, context);
    const prints = fingerprints(one, matrix);
    const counts = [
      counted("parts of the structure that differ from scikit-learn's", differing(prints, SCIKIT_LEARN), 'of 3', {
        most: 0,
      }),
    ];
    for (const threads of [2, 3]) {
      context.screen.draw(`… tf-idf: the Brown Corpus on ${threads} threads`);
      await using many = new TfidfVectorizer({ threads });
      const other = await many.fitTransform(documents, context);
      const bits = otherBits(matrix, other) + differing(prints, fingerprints(many, other));
      counts.push(counted(`entries with another bit on ${threads} threads`, bits, 'entries', { most: 0 }));
    }
    context.screen.draw('… tf-idf: speedup of threads that vectorise the corpus each');
    const speedup = await measureLanes(documents, matrix.nnz, context);
    const curve = await measureSizes(documents, context);
    const figures = speedupFigures(speedup, `${speedup.lanes} threads`, 'parallel');
    return {
      counts,
      speedup,
      headline: `speedup of ${speedup.lanes} threads ${formatNumber(figures[0]!.median)}x; the same bits on 1, 2 and 3 threads`,
      figures: [...figures, ...curve.map(({ figure }) => figure), ...counts],
      notes: [
        `The Brown Corpus, ${documents.length} documents, ${matrix.shape[1]} terms. A lane counts, learns and writes it all; what it shares with the others is the text.`,
        'A whole run on two threads also merges what they found, on one, and encodes the text: it gains less, and nothing where there is little text.',
      ],
      plots: [plotOf(curve)],
    };
  },

  judge: ({ counts, speedup }) => allHold([judgeBounds({ figures: counts }), judgeWork(speedup)]),

  python: pythonHalf(new URL('./original.py', import.meta.url), [fileURLToPath(BROWN_FOLDER)], (answer) => {
    const { missing, version, megabytesPerSecond, ...prints } = answer as typeof SCIKIT_LEARN & {
      missing?: true;
      version: string;
      megabytesPerSecond: number;
    };
    if (missing) {
      return { figures: [], judgement: { verdict: 'cannot-show', reason: 'this Python has no scikit-learn' } };
    }
    const differ = counted('parts of the structure that differ from ours', differing(prints, SCIKIT_LEARN), 'of 3', {
      most: 0,
    });
    return {
      figures: [counted('throughput', megabytesPerSecond, 'MB/s'), differ],
      headline: `scikit-learn ${version}, ${formatNumber(megabytesPerSecond)} MB/s on one core`,
      judgement: judgeBounds({ figures: [differ] }),
    };
  }),
});

function fingerprints(vectorizer: TfidfVectorizer, { indptr, indices }: CsrMatrix): typeof SCIKIT_LEARN {
  const vocabulary = sha256(vectorizer.getFeatureNamesOut().join('\n'));
  return { vocabulary, indptr: sha256(indptr), indices: sha256(indices) };
}

function sha256(bytes: string | NodeJS.ArrayBufferView): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function differing(one: typeof SCIKIT_LEARN, other: typeof SCIKIT_LEARN): number {
  return (Object.keys(SCIKIT_LEARN) as (keyof typeof SCIKIT_LEARN)[]).filter((part) => one[part] !== other[part])
    .length;
}

function otherBits({ data: one }: CsrMatrix, { data: other }: CsrMatrix): number {
  return Math.abs(one.length - other.length) + one.filter((value, n) => !Object.is(value, other[n])).length;
}

async function measureLanes(documents: readonly string[], entries: number, context: Context): Promise<Speedup> {
  const writer = new BatchWriter(
    documents.reduce((sum, text) => sum + 3 * text.length + 1, 1),
    documents.length,
  );
  for (const document of documents) writer.add(document);
  const { bytes, ends } = writer;
  const batch = { number: 0, first: 0, documents: documents.length, bytes, ends };
  const data: LaneData = { batches: [batch], documents: documents.length, entries };
  return measureSpeedup({
    open: (count) => workerLanes(count, new URL('./proof/vectorize-task.ts', import.meta.url), data),
    lanes: Math.max(2, usableCores()),
    context: { ...context, budget: Math.min(context.budget, TRIALS_MS) },
    enough: isSettled,
    trials: [5, 12],
  });
}
