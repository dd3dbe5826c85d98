// All of a document, download and computing, in a thread.

import { download } from './download.ts';
import score from './score-task.ts';
import type { ScoreReport } from './score-task.ts';

export interface FetchTask {
  readonly url: string;
  readonly query: string;
}

export default async function task({ url, query }: FetchTask): Promise<ScoreReport> {
  return score({ packed: await download(url), query });
}
