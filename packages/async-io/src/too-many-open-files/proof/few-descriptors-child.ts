// A process that may open few files: streams all of them at once, under a limit, and at once with a retry.

import { readFile } from 'node:fs/promises';
import { produce, streamLimited, streamOne } from '../../files/recipe.ts';
import { isOutOfDescriptors, retryWithoutDescriptor } from '../recipe.ts';

export interface FewDescriptors {
  /** How many files this process may have open. */
  readonly allowed: number;
  /** Streams at once that failed with EMFILE. */
  readonly refused: number;
  /** The same with `readFile`, which takes a small file in one call and gives its descriptor back at once. */
  readonly refusedWhole: number;
  /** The digests under a limit of a quarter of what is allowed. */
  readonly limited: readonly string[];
  /** The digests with a retry, and how often it was needed. */
  readonly retried: readonly string[];
  readonly retries: number;
}

process.once('message', async (files: string[]) => {
  const { soft } = (process.report.getReport() as unknown as Report).userLimits.open_files;
  const allowed = Number(soft);
  const limited = await streamLimited(files, 'digest', Math.floor(allowed / 4));
  const refused = await countRefused(files.map((file) => streamOne(file, 'digest')));
  const whole = files.map(async (file) => produce(await readFile(file), 'digest'));
  const refusedWhole = await countRefused(whole);
  let retries = 0;
  const onRefused = (): void => void retries++;
  const reading = files.map((file) => retryWithoutDescriptor(() => streamOne(file, 'digest'), { onRefused }));
  const retried = await Promise.all(reading);
  const answer: FewDescriptors = { allowed, refused, refusedWhole, limited, retried, retries };
  process.send!(answer, () => process.disconnect!());
});
process.on('disconnect', () => process.exit());

interface Report {
  readonly userLimits: { readonly open_files: { readonly soft: number | string } };
}

/** @throws whatever else went wrong */
async function countRefused(readings: readonly Promise<string>[]): Promise<number> {
  const results = await Promise.allSettled(readings);
  const failed = results.filter((result) => result.status === 'rejected');
  const other = failed.find(({ reason }) => !isOutOfDescriptors(reason));
  if (other) throw other.reason;
  return failed.length;
}
