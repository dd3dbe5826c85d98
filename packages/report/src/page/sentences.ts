// What one should remember of this machine: sentences made of figures, each left out where its claim does not hold here.

import type { Figure } from '@cookbook/lab/claim';
import type { ResultClaim, Results } from '../results/format.ts';

export interface Sentence {
  /** The id of the claim whose figures it tells. */
  readonly claim: string;
  /** Before, of, and after what is to stand out. */
  readonly words: readonly [before: string, figure: string, after: string];
}

/** More than these nobody remembers. */
const MOST = 3;

type Tell = (claim: ResultClaim) => Sentence['words'] | undefined;

/** In the order of their weight. The first three that can be told are. */
const SENTENCES: readonly (readonly [id: string, tell: Tell])[] = [
  ['threads/cpu-scaling', tellScaling],
  ['threads/too-small-tasks', tellBreakEven],
  ['async-io/database', tellDatabase],
  ['async-io/network', tellNetwork],
  ['threads/responsiveness', tellResponsiveness],
  ['threads/more-threads-than-cores', tellWaiting],
  ['processes/footprint', tellFootprint],
];

/** At most three sentences of the claims that hold. */
export function sentencesOf({ claims }: Results): Sentence[] {
  const told = SENTENCES.flatMap(([id, tell]) => {
    const claim = claims.find((one) => one.id === id && one.verdict === 'holds');
    const words = claim && tell(claim);
    return words ? [{ claim: id, words }] : [];
  });
  return told.slice(0, MOST);
}

function find({ figures }: ResultClaim, name: string | RegExp): Figure | undefined {
  return figures.find((figure) => (typeof name === 'string' ? figure.name === name : name.test(figure.name)));
}

function times({ median }: Figure): string {
  return `${median.toFixed(median < 10 ? 2 : 1)}x`;
}

function withUnit({ median, unit }: Figure): string {
  return `${Number(median.toPrecision(2)).toLocaleString('en-US')} ${unit === 'us' ? 'µs' : unit}`;
}

/** On a machine that was busy the observed speedup says more of the others than of threads; both are told then. */
function tellScaling(claim: ResultClaim): Sentence['words'] | undefined {
  const potential = claim.figures.find(
    ({ name, bound }) => /^potential speedup, \d+ threads?$/.test(name) && bound?.least !== undefined,
  );
  const observed = potential && find(claim, potential.name.replace('potential', 'observed'));
  if (!observed) return undefined;
  const threads = potential.name.replace(/^.*, (\d+) threads?$/, '$1');
  const by = `by ${threads} worker ${threads === '1' ? 'thread' : 'threads'}`;
  return claim.qualifier
    ? ['CPU-bound work can gain ', times(potential), ` ${by} here; beside other programs it got ${times(observed)}.`]
    : ['CPU-bound work gains ', times(observed), ` ${by} here.`];
}

function tellBreakEven(claim: ResultClaim): Sentence['words'] | undefined {
  const size = find(claim, 'break-even: size of a task');
  return size && ['Under ', withUnit(size), ' of work a task do not bother with a thread: the message costs more.'];
}

function tellDatabase(claim: ResultClaim): Sentence['words'] | undefined {
  const gain = find(claim, /^speedup of a pool of \d+ connections$/);
  return gain && ['Your database calls gain ', times(gain), ` by ${gain.name.replace('speedup of ', '')}.`];
}

/** The widest of the speedups that were judged. */
function tellNetwork(claim: ResultClaim): Sentence['words'] | undefined {
  const gain = claim.figures.findLast(({ name }) => /^\d+ in flight: speedup$/.test(name));
  return (
    gain && ['Requests over the network gain ', times(gain), ` by ${Number.parseInt(gain.name, 10)} in flight at once.`]
  );
}

function tellResponsiveness(claim: ResultClaim): Sentence['words'] | undefined {
  const inline = find(claim, 'longest stop of the event loop, inline');
  const worker = find(claim, 'longest stop of the event loop, in a worker');
  if (!inline || !worker) return undefined;
  return [`A computation stops all else for ${withUnit(inline)} inline, and for `, withUnit(worker), ' in a worker.'];
}

function tellWaiting(claim: ResultClaim): Sentence['words'] | undefined {
  const gain = find(claim, /^waiting, async tasks on 1 thread/);
  return gain && ['Work that waits needs no threads: async tasks on one get ', times(gain), ' as much waiting done.'];
}

function tellFootprint(claim: ResultClaim): Sentence['words'] | undefined {
  const process = find(claim, 'private memory of one more process');
  const thread = find(claim, 'private memory of one more thread');
  if (!process || !thread) return undefined;
  return ['One more thread takes ', withUnit(thread), ` of memory, one more process ${withUnit(process)}.`];
}
