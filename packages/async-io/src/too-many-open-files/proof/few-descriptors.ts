// Reads files in a process that may open few of them, and what came of it as findings.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { counted, counts, exactly } from '@cookbook/lab/claim';
import type { Figure, Finding } from '@cookbook/lab/claim';
import { countWrong } from '../../files/proof/corpus.ts';
import type { FewDescriptors } from './few-descriptors-child.ts';

/** Node.js itself holds some 20 of them. */
export const ALLOWED = 64;

/** Why a process with fewer descriptors cannot be had here; undefined where it can. */
export function descriptorsLack(platform: string = process.platform): string | undefined {
  return platform === 'win32' ? 'Windows sets no limit on the open files of a process' : undefined;
}

/**
 * Reads the files in a process that may open no more than `ALLOWED`.
 *
 * A process inherits the limit. Node.js raises its own to the hard one when it starts, so that both are lowered, by the
 * only program that is everywhere and can: the shell, which then becomes the process.
 */
export async function readWithFewDescriptors(files: readonly string[], signal: AbortSignal): Promise<FewDescriptors> {
  const program = fileURLToPath(new URL('./few-descriptors-child.ts', import.meta.url));
  const script = `ulimit -n ${ALLOWED} && exec "$0" "$@"`;
  const child = spawn('sh', ['-c', script, process.execPath, program], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    signal,
    killSignal: 'SIGKILL',
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let said = '';
  child.stderr!.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-2_000)));
  child.on('error', () => {}); // `once` below rejects; without a listener it would be thrown
  const gone = once(child, 'close');
  child.send(files);
  const [answer] = (await Promise.race([once(child, 'message'), gone])) as [FewDescriptors | number | null];
  if (typeof answer !== 'object' || answer === null) {
    throw new Error(`Expected the process with few descriptors to answer, it ended with ${answer}: ${said.trim()}`);
  }
  await gone;
  return answer;
}

/** Files of which each way has read all but so many: 'allowed', 'refused', 'limited-wrong', 'retried-wrong' and others. */
export function descriptorFindings(
  words: Readonly<Record<'refused' | 'limited' | 'retried', string>>,
  few: FewDescriptors,
  expected: readonly string[],
): Finding[] {
  const of = (key: string, name: string, count: number, bound?: Figure['bound']): Figure =>
    counted(key, `${expected.length} files, ${few.allowed} descriptors: ${name}`, count, 'files', bound);
  const [limited, retried] = [countWrong(few.limited, expected), countWrong(few.retried, expected)];
  return [
    counts(
      words.refused,
      counted('allowed', 'descriptors that the process may have open', few.allowed, 'files', exactly(ALLOWED)),
      of('refused', 'streams at once that fail with EMFILE', few.refused, { least: 1 }),
      of('refused-whole', 'readFile at once that fails with it', few.refusedWhole),
    ),
    counts(words.limited, of('limited-wrong', 'skipped or wrong under a limit', limited, { most: 0 })),
    counts(
      words.retried,
      of('retried-wrong', 'skipped or wrong with a retry', retried, { most: 0 }),
      counted('retries', 'times that a stream was opened again', few.retries, 'times', { least: 1 }),
    ),
  ];
}
