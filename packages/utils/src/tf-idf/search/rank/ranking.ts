// What a way of ranking says of the words of a query.

import type { Group } from '../query/groups.ts';

export interface Ranking {
  /** The weight of a group by how rare it is. */
  readonly rarity: (group: Group) => number;
  /** What a group brings to the score of its documents, by their places among its postings; from 0 up. */
  readonly contribution: (group: Group) => (at: number) => number;
  /** Whether a score is multiplied by the share of the query that the document has. */
  readonly countsCoverage: boolean;
}
