// What reading files in each way costs, as findings.

import { counted, counts, drawn, formatNumber, judgeIntervals, sampled, shown } from '@cookbook/lab/claim';
import type { Bound, Figure, Finding, LinePlot } from '@cookbook/lab/claim';
import { unlessBusy } from '@cookbook/lab/host';
import type { Product } from '../recipe.ts';
import type { Corpus } from './corpus.ts';
import { PRODUCTS, WAYS } from './measure.ts';
import type { Cost, Costs, Sweep, Way } from './measure.ts';

/**
 * Least CPU time as a multiple of the synchronous read's. Wall time is shown and not judged: where neighbours take the
 * cores, what is limited loses its second one, and one file after another takes hardly longer.
 */
const DEARER: Readonly<Record<Exclude<Way, 'sync'>, number>> = { limited: 1.1, 'in sequence': 1.5, streamed: 5 };

/** Less than this share of the synchronous read's CPU time is within what a busy host adds or takes. */
const LEAST_MORE = 0.5;
const PRODUCT_WORDS: Readonly<Record<Product, string>> = { digest: 'hashed', length: 'not hashed' };
const OTHERS = ['limited', 'in sequence', 'streamed'] as const satisfies readonly Way[];

/** CPU time as a multiple of the synchronous read's, such as 'cpu-in-sequence-digest', unless the host was busy. */
export function cpuFinding(words: string, costs: Costs, load: number | undefined): Finding {
  const figures = PRODUCTS.flatMap((product) =>
    OTHERS.map((way) => ratio('cpu', costs, product, [way, 'sync'], { least: DEARER[way] })),
  );
  const judgement = judgeIntervals(figures.filter(isPlainlyCheap));
  if (judgement.verdict === 'refuted') return { figures, judgement, words };
  return { figures, judgement: unlessBusy(judgeIntervals(figures), load), words };
}

/** Whether not half of what a way should cost more was seen: a busy host does not make CPU time so cheap. */
function isPlainlyCheap({ high, bound }: Figure): boolean {
  const more = (bound?.least ?? 1) - 1;
  return more >= LEAST_MORE && high < 1 + more / 2;
}

/** Time as a multiple of the synchronous read's, such as 'time-limited-digest', and in us for a file. */
export function timeFinding(words: string, costs: Costs, size: number): Finding {
  const figures = PRODUCTS.flatMap((product) => [
    ...OTHERS.map((way) => ratio('wall', costs, product, [way, 'sync'])),
    ratio('wall', costs, product, ['in sequence', 'limited']),
    ...WAYS.map((way) => {
      const micros = costs[product][way].map(({ wall }) => (1_000 * wall) / size);
      return sampled(`file-${slug(way)}-${product}`, `a file ${way}, ${PRODUCT_WORDS[product]}`, micros, 'us');
    }),
  ]);
  return shown(words, ...figures);
}

export function madeFilesRight({ wrong }: Corpus): Finding {
  const name = 'made files whose digest is not that of what was written';
  return counts('', counted('wrong-digests', name, wrong, 'files', { most: 0 }));
}

export function drawFiles({ files, found }: Corpus, sweep: Sweep): Finding {
  const times = sweep.map(({ limit, micros }) => `${limit}: ${formatNumber(micros)} us`);
  return drawn({
    notes: [
      `${formatNumber(found)} files of installed packages and ${formatNumber(files.length - found)} made ones, each up to 64 KiB, all in the system's cache; 32 at a time where limited. Every digest and length was compared with that of a synchronous read.`,
      `A file by how many at once: ${times.join(', ')}.`,
    ],
    plots: [sweepPlot(sweep)],
  });
}

/** Ratios of slices that were read one after the other. */
function ratio(of: keyof Cost, costs: Costs, product: Product, [a, b]: readonly [Way, Way], bound?: Bound): Figure {
  const clock = of === 'cpu' ? 'CPU time' : 'time';
  const ratios = costs[product][a].map((cost, slice) => cost[of] / costs[product][b][slice]![of]);
  const against = b === 'sync' ? '' : `-${slug(b)}`;
  const key = `${of === 'cpu' ? 'cpu' : 'time'}-${slug(a)}${against}-${product}`;
  return sampled(key, `${clock} ${a} / ${b}, ${PRODUCT_WORDS[product]}`, ratios, 'x', bound);
}

function slug(way: Way): string {
  return way.replaceAll(' ', '-');
}

function sweepPlot(sweep: Sweep): LinePlot {
  const points = sweep.map(({ limit, micros }) => ({ x: limit, y: Number(micros.toFixed(2)) }));
  return {
    kind: 'lines',
    title: 'Reading and hashing small files: time for each by how many at once',
    x: { label: 'files at once', unit: 'count', scale: 'log' },
    y: { label: 'a file', unit: 'us', scale: 'linear' },
    series: [{ name: 'readFile through p-limit', points }],
  };
}
