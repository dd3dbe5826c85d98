// The adaptive limit against a server whose width it does not know, and a fixed limit of that width.

import { counted, drawn, formatNumber, intervals, shown } from '@cookbook/lab/claim';
import type { Context, Finding, Judgement, LinePlot } from '@cookbook/lab/claim';
import { Pool } from 'undici';
import { BUSY_SERVER, WIDTH } from '../../how-many-at-once/proof/busy-server.ts';
import { documents, observed } from '../../how-many-at-once/proof/observed.ts';
import type { Observed } from '../../how-many-at-once/proof/observed.ts';
import { goodput, load, loadAt } from '../../how-many-at-once/recipe.ts';
import type { LoadResult } from '../../how-many-at-once/recipe.ts';
import { RefusedError } from '../../proof/server/index.ts';
import type { TestServer } from '../../proof/server/index.ts';
import { AdaptiveLimit } from '../recipe.ts';
import { judgeSettled, settled, settledFigure } from './settled.ts';
import type { LimitAt } from './settled.ts';

/** The climb takes some 600, and the rest is seconds of going up and down. */
const REQUESTS = 2_400;
const FIXED_REQUESTS = 8 * WIDTH;

/** ms of the server before it slows down. */
const QUICK_DELAY = 10;
/** To settle at first, and after the change: the best latency is forgotten, and then the limit climbs anew. */
const CHANGE_REQUESTS = { before: 1_600, after: 3_200 } as const;

/** What the limit was with a server that slowed down. */
export interface Changed {
  /** After each of the last third of the answers. */
  readonly limits: readonly number[];
  readonly waitingShare: number | undefined;
}

export interface Adapted {
  readonly adaptive: LoadResult & Observed;
  readonly fixed: LoadResult;
  /** The limit after every answer, in order. */
  readonly limits: readonly LimitAt[];
}

/** Asks for documents through the adaptive limit, and then through a fixed one. */
export async function measureAdaptive(server: TestServer, { signal }: Pick<Context, 'signal'>): Promise<Adapted> {
  const client = new Pool(server.origin);
  const limits: LimitAt[] = [];
  const start = performance.now();
  try {
    const adaptiveLimit = openLimit();
    const adaptive = await observed(server, () =>
      load(documents(client, REQUESTS), async (task) => {
        const answer = await adaptiveLimit.run(task, signal);
        limits.push({ at: performance.now() - start, limit: adaptiveLimit.limit });
        return answer;
      }),
    );
    const fixed = await observed(server, () => loadAt(WIDTH, documents(client, FIXED_REQUESTS)));
    return { adaptive, fixed, limits };
  } finally {
    await client.destroy();
  }
}

function openLimit(): AdaptiveLimit {
  return new AdaptiveLimit({ isRefusal: (error) => error instanceof RefusedError });
}

/** Asks for documents through an adaptive limit that has settled, when the server begins to take twice as long. */
export async function measureChange(server: TestServer, { signal }: Pick<Context, 'signal'>): Promise<Changed> {
  const client = new Pool(server.origin);
  const adaptiveLimit = openLimit();
  const limits: number[] = [];
  const ask = (requests: number) =>
    observed(server, () =>
      load(documents(client, requests), async (task) => {
        const answer = await adaptiveLimit.run(task, signal);
        limits.push(adaptiveLimit.limit);
        return answer;
      }),
    );
  try {
    await server.reset({ ...BUSY_SERVER, delay: QUICK_DELAY });
    await ask(CHANGE_REQUESTS.before);
    await server.reset({ ...BUSY_SERVER, delay: 2 * QUICK_DELAY });
    limits.length = 0;
    const { waitingShare } = await ask(CHANGE_REQUESTS.after);
    return { limits: limits.slice(-Math.floor(CHANGE_REQUESTS.after / 3)), waitingShare };
  } finally {
    await client.destroy();
  }
}

/** 'changed-limit': what the limit settled at again, once the server had slowed down. */
export function changeFinding(words: string, { limits, waitingShare }: Changed): Finding {
  const name = `adaptive limit, after a server of ${QUICK_DELAY} ms takes ${2 * QUICK_DELAY} ms`;
  const figure = { ...settledFigure(limits, WIDTH), key: 'changed-limit', name };
  return { figures: [figure], judgement: judgeSettled(figure, WIDTH, waitingShare), words };
}

/** What the limit settled at; a limit that only climbs has not settled, wherever it is in the end. */
export function settledFinding(words: string, { adaptive, limits }: Adapted): Finding {
  const after = settled(limits);
  const last = limits.slice(-1);
  const figure = settledFigure(
    (after.length > 0 ? after : last).map(({ limit }) => limit),
    WIDTH,
  );
  const judgement: Judgement =
    after.length > 0
      ? judgeSettled(figure, WIDTH, adaptive.waitingShare)
      : { verdict: 'refuted', reason: `the adaptive limit never shrank: it is ${last[0]?.limit} in the end` };
  const note = `The limit starts at 1. Once settled it is from ${formatNumber(figure.low)} to ${formatNumber(figure.high)} for half of the answers; p50 ${formatNumber(adaptive.p50)} ms, p99 ${formatNumber(adaptive.p99)} ms, the climb included.`;
  return { figures: [figure], judgement, words, notes: [note] };
}

/** How many requests the server refused. */
export function refused(words: string, { adaptive }: Adapted): Finding {
  const name = 'refused of the adaptive limit';
  return intervals(words, counted('refused', name, adaptive.refused, 'requests', { most: 0 }));
}

/** The goodput against that of a fixed limit, and the limit over time. */
export function comparison({ adaptive, fixed, limits }: Adapted): Finding[] {
  const ratio = goodput(adaptive) / goodput(fixed);
  return [
    shown('', counted('goodput-ratio', `goodput, adaptive / a fixed limit of ${WIDTH}`, ratio, 'x')),
    drawn({ plots: [limitPlot(limits)] }),
  ];
}

/** The limit over time, against the server's width. */
export function limitPlot(limits: readonly LimitAt[]): LinePlot {
  const changes = limits.filter(({ limit }, index) => limit !== limits[index - 1]?.limit);
  const end = Math.round(limits.at(-1)?.at ?? 0);
  return {
    kind: 'lines',
    title: 'The adaptive limit over time',
    x: { label: 'time', unit: 'ms', scale: 'linear' },
    y: { label: 'limit', unit: 'count', scale: 'linear' },
    series: [
      { name: 'adaptive limit', points: changes.map(({ at, limit }) => ({ x: Math.round(at), y: limit })) },
      { name: 'width of the server', limit: true, points: [0, end].map((x) => ({ x, y: WIDTH })) },
    ],
  };
}
