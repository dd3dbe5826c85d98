// Writes the pages of the pitfalls and their index from the files that are tested; --check shows what is stale instead.

import { run, UsageError } from '@cookbook/lab/command';
import { chapter } from '../claims.ts';
import { comparePages, writePages } from './pages.ts';

await run(async (argv) => {
  const unknown = argv.find((argument) => argument !== '--check');
  if (unknown !== undefined) throw new UsageError(`Expected --check or no argument, got '${unknown}'`);
  if (argv.length === 0) return writePages(chapter.readme);
  const stale = await comparePages(chapter.readme);
  if (stale.length === 0) return console.log('The pages of the pitfalls are up to date');
  console.log(stale.join('\n\n'));
  console.error(`\n${stale.length} pages are stale. Run: pnpm --filter @cookbook/pitfalls readme`);
  process.exitCode = 1;
});
