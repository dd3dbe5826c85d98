// The gain of a second thread for texts of several sizes: a curve beside the claim, which is not judged.

import { formatNumber, sampled } from '@cookbook/lab/claim';
import type { Context, Figure, Finding, Plot } from '@cookbook/lab/claim';
import { timed } from '@cookbook/lab/task';
import { TfidfVectorizer } from '../index.ts';

/** Copies of the corpus for the curve, and runs of each with one thread and with two. */
const COPIES = [0.25, 1, 3];
const ROUNDS = 3;

export interface Point {
  readonly megabytes: number;
  readonly figure: Figure;
}

/** Whole runs on one thread and on two, in turn, for texts of several sizes. */
export async function measureSizes(documents: readonly string[], context: Context): Promise<Point[]> {
  await using one = new TfidfVectorizer({ threads: 1 });
  await using two = new TfidfVectorizer({ threads: 2 });
  const points: Point[] = [];
  for (const copies of COPIES) {
    const text = Array.from({ length: Math.ceil(copies) }, () => documents.slice(0, copies * documents.length)).flat();
    const megabytes = text.reduce((sum, document) => sum + document.length, 0) / 1e6;
    const ratios: number[] = [];
    for (let round = copies === COPIES[0] ? 0 : 1; round <= ROUNDS; round++) {
      context.screen.draw(`… tf-idf: ${formatNumber(megabytes)} MB on one thread and on two, ${round} of ${ROUNDS}`);
      const ratio = (await timeRun(one, text, context)) / (await timeRun(two, text, context));
      if (round > 0) ratios.push(ratio); // the very first one compiles
    }
    const name = `whole run of ${formatNumber(megabytes)} MB, two threads`;
    points.push({ megabytes, figure: sampled(`two-threads-${points.length + 1}`, name, ratios, 'x') });
  }
  return points;
}

/** The curve with its figures, and the reasons why a whole run gains less than the lanes of the claim. */
export function showSizes(curve: readonly Point[], documents: number): Finding {
  return {
    figures: curve.map(({ figure }) => figure),
    notes: [
      `The Brown Corpus, ${documents} documents. A lane counts, learns and writes all of it; it shares the text with the others.`,
      'A whole run on two threads also encodes the text and merges the terms, on one of them: it gains less, and nothing where there is little text.',
    ],
    plots: [sizesPlot(curve)],
  };
}

function timeRun(vectorizer: TfidfVectorizer, documents: readonly string[], { signal }: Context): Promise<number> {
  return timed(() => vectorizer.fitTransform(documents, { signal }));
}

function sizesPlot(curve: readonly Point[]): Plot {
  return {
    kind: 'lines',
    title: 'TF-IDF on two threads against one, by the size of the text',
    x: { label: 'text', unit: 'MB', scale: 'log' },
    y: { label: 'speedup', unit: 'x', scale: 'linear' },
    series: [
      {
        name: 'whole run',
        points: curve.map(({ megabytes, figure }) => ({
          x: megabytes,
          y: figure.median,
          low: figure.low,
          high: figure.high,
        })),
      },
      { name: 'as many as threads', limit: true, points: curve.map(({ megabytes }) => ({ x: megabytes, y: 2 })) },
    ],
  };
}
