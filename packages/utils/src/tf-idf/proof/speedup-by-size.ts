// What a second thread gains for texts of several sizes: a curve beside the claim, which is not judged.

import { formatNumber, sampled } from '@cookbook/lab/claim';
import type { Context, Figure, Plot } from '@cookbook/lab/claim';
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
      const ratio = (await time(one, text, context)) / (await time(two, text, context));
      if (round > 0) ratios.push(ratio); // the very first one compiles
    }
    points.push({ megabytes, figure: sampled(`whole run of ${formatNumber(megabytes)} MB, two threads`, ratios, 'x') });
  }
  return points;
}

async function time(vectorizer: TfidfVectorizer, documents: readonly string[], { signal }: Context): Promise<number> {
  const start = performance.now();
  await vectorizer.fitTransform(documents, { signal });
  return performance.now() - start;
}

export function plotOf(curve: readonly Point[]): Plot {
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
