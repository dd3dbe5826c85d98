// Both of a document, the download and the computing, on one thread.

import { download } from '../recipe.ts';
import score from './reporting-score-task.ts';
import type { ScoreReport } from './reporting-score-task.ts';

export interface FetchTask {
  readonly url: string;
  readonly query: string;
}

export default async function task({ url, query }: FetchTask): Promise<ScoreReport> {
  return score({ packed: await download(url), query });
}
