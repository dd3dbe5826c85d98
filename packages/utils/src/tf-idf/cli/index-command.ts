// `tf-idf index`.

import { UsageError } from '@cookbook/lab/command';
import { writeIndex } from '../search/file/write-index.ts';
import { readCollection } from '../search/read-collection.ts';
import type { Request } from './arguments.ts';
import { count, describeSkipped } from './draw.ts';
import { Progress } from './progress.ts';
import { withUsageErrors } from './usage-errors.ts';

/**
 * Writes an index and prints what is in it.
 *
 * @returns the exit status: 0, or 1 where there is no word in any document and nothing is written
 * @throws UsageError with one line
 */
export async function index({ source, out, json }: Extract<Request, { task: 'index' }>): Promise<number> {
  return withUsageErrors(async () => {
    using progress = new Progress();
    const { image, places, counts } = await readCollection(source, progress);
    progress[Symbol.dispose]();
    const { documents, terms } = image.totals;
    if (terms === 0) {
      console.error(`Expected a word in one of the documents, got none${describeSkipped(counts)}`);
      return 1;
    }
    await writeIndex(out, image, places, source.unit).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`Expected --out to be a file that can be written, got '${out}' (${error.code})`);
    });
    if (json) console.log(JSON.stringify({ out, documents, terms, ...counts }));
    else console.log(`${count(documents, 'document')}, ${count(terms, 'term')}${describeSkipped(counts)}`);
    return 0;
  });
}
