// The first half of a call: the model is learnt from the counts of the lanes.

import type { AsyncLane } from '../lanes/async-lane.ts';
import type { LaneTerms } from '../model/lane-terms.ts';
import { learnVocabulary, learnIdf } from '../model/learn-vocabulary.ts';
import type { Model } from '../model/model.ts';
import type { KnownColumns, MergedPlacement } from '../model/placement.ts';
import { givenVocabulary } from '../model/vocabulary.ts';
import type { Settings } from '../options/options.ts';

/** For each lane the places of its terms in the matrix, or the vocabulary to look them up in. */
export type Placements = readonly (MergedPlacement | KnownColumns)[];

/**
 * Learns the vocabulary and the idf.
 *
 * @param rows whether `writeRows` is to follow
 * @throws RangeError where no term is found, or none is left, or the limits cross
 */
export async function learnModel(
  lanes: readonly AsyncLane[],
  documents: number,
  settings: Settings,
  rows: boolean,
): Promise<{ model: Model; placements: Placements }> {
  const totals = settings.maxFeatures !== undefined;
  const laneTerms: LaneTerms[] = await Promise.all(lanes.map((lane) => lane.finishCounting({ rows, totals })));
  if (settings.vocabulary === undefined) {
    const { placements, vocabulary, idf, candidates } = learnVocabulary(laneTerms, documents, settings);
    const all = candidates.kept.every((mark) => mark === 1);
    return { model: { vocabulary, idf, candidates: all ? undefined : candidates }, placements };
  }
  const { vocabulary } = givenModel(settings)!;
  const idf = settings.useIdf ? learnIdf(laneTerms, vocabulary, documents, settings) : undefined;
  const model = { vocabulary, idf };
  return { model, placements: placementsBy(model, lanes) };
}

/** What is known before documents are: a given vocabulary, without an idf; undefined where none was given. */
export function givenModel({ vocabulary, counter }: Settings): Model | undefined {
  if (vocabulary === undefined) return undefined;
  return { vocabulary: givenVocabulary(vocabulary, counter === 'default-pattern'), idf: undefined };
}

/** Every lane looks its terms up in the model. */
export function placementsBy({ vocabulary, idf }: Model, lanes: readonly AsyncLane[], index?: Int32Array): Placements {
  const { terms, columns } = vocabulary;
  return lanes.map(() => ({ terms, columns, idf, index }));
}
