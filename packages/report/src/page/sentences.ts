// What one should remember of this machine: sentences made of figures, by their keys, of claims that hold here.

import { fillWords } from '@cookbook/lab/claim';
import type { JsonClaim } from '@cookbook/lab/show';
import type { Results } from '../results/format.ts';

export interface Sentence {
  /** The id of the claim whose figures it shows. */
  readonly claim: string;
  /** Before, of, and after what is to stand out. */
  readonly words: readonly [before: string, figure: string, after: string];
}

/** More than these nobody remembers. */
const MOST = 3;

interface Template {
  readonly claim: string;
  /** In the form of `fillWords`; its first figure stands out. */
  readonly words: string;
  /** Instead of `words` where other programs had the cores, or not all of them could be used. */
  readonly limited?: string;
  /** A figure that is not found on every machine; the sentence is left out without it. */
  readonly ifFound?: string;
}

/** In the order of their weight. The first three whose claims hold are shown. */
const TEMPLATES: readonly Template[] = [
  {
    claim: 'threads/cpu-scaling',
    words: 'CPU-bound work gains {threads-observed} by a worker thread on every core.',
    limited:
      'CPU-bound work can gain {threads-potential} by a worker thread on every core; in this run it got {threads-observed}.',
  },
  {
    claim: 'threads/too-small-tasks',
    words: 'Under {break-even} of work a task do not use a thread: the message costs more.',
    ifFound: 'break-even',
  },
  {
    claim: 'async-io/database-pool',
    words: 'Database queries gain {pool-speedup} by a pool of ten connections, on one thread.',
  },
  {
    claim: 'async-io/network',
    words: 'Requests over the network gain {in-flight-32-speedup} by 32 in flight at once, on one thread.',
  },
  {
    claim: 'threads/responsiveness',
    words: 'In a worker a computation stops all else for {worker-longest}, inline for {inline-longest}.',
  },
  {
    claim: 'threads/more-threads-than-cores',
    words: 'Work that waits needs no threads: async tasks on one thread get {waiting-tasks} as much waiting done.',
  },
  {
    claim: 'processes/footprint',
    words: 'One more thread takes {one-more-thread} of memory, one more process {one-more-process}.',
  },
];

/**
 * At most three sentences of the claims that hold.
 *
 * @throws Error where such a claim has not the figure that its sentence shows
 */
export function sentencesOf({ claims }: Pick<Results, 'claims'>): Sentence[] {
  const sentences = TEMPLATES.flatMap((template) => {
    const claim = claims.find(({ id, verdict }) => id === template.claim && verdict === 'holds');
    if (claim === undefined || lacks(claim, template.ifFound)) return [];
    return { claim: claim.id, words: fill(claim, (claim.qualifier && template.limited) || template.words) };
  });
  return sentences.slice(0, MOST);
}

function lacks({ figures }: JsonClaim, key: string | undefined): boolean {
  return key !== undefined && !figures.some((figure) => figure.key === key);
}

function fill({ id, figures }: JsonClaim, words: string): Sentence['words'] {
  const [, before, figure, after] = /^(.*?)(\{.*?\})(.*)$/.exec(words)!;
  try {
    return [fillWords(before!, figures), fillWords(figure!, figures), fillWords(after!, figures)];
  } catch (error) {
    throw new Error(`The sentence to remember of ${id} cannot be made: ${(error as Error).message}`, { cause: error });
  }
}
