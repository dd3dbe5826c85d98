// What a run is about: the chapters of a repository, the folder that keeps results, and the page that shows them.

import type { Block } from '@cookbook/lab/show';
import type { Results } from './results/format.ts';

export interface Project {
  /** The repository's root, whose chapters are packages/NAME/src/claims.ts. Ends in a slash. */
  readonly root: URL;
  /** Where results are kept. Ends in a slash. */
  readonly results: URL;
  /** The HTML file of a run. */
  readonly renderPage: (results: Results) => Promise<string>;
  /** The parts of READMEs that a run writes, beside those of the chapters. */
  readonly blocks: () => Promise<Block[]>;
}
