// The trials as figures.

import { counted, exactly } from '@cookbook/lab/claim';
import type { Context, Figure } from '@cookbook/lab/claim';
import { withinLimit } from '../../proof/within-limit.ts';
import {
  endBy,
  execBytes,
  ignored,
  LARGE,
  leaveUnread,
  leftWhenRefused,
  MOST_BYTES,
  takeWatched,
  WORDS,
  wordsThatArrive,
} from './trials.ts';

const MIB = 2 ** 20;
const STREAMED = 256;
const FILED = 32;
/** For all trials of a kind, ms: a program that nothing ends is not awaited for ever. */
const LIMIT_MS = 30_000;

export type Outputs = Readonly<
  Record<'exec' | 'refused' | 'unread' | 'cut' | 'words' | 'memory' | 'taken', readonly Figure[]>
>;

export async function takeOutputs({ screen, signal }: Pick<Context, 'screen' | 'signal'>): Promise<Outputs> {
  screen.draw('… child-output: programs whose output is taken, and not taken');
  const small = [
    execBytes(MOST_BYTES),
    execBytes(MOST_BYTES + 1),
    leftWhenRefused(),
    leaveUnread(),
    ignored(),
  ] as const;
  const [fits, beyond, left, unread, dropped] = await withinLimit(
    () => Promise.all(small),
    LIMIT_MS,
    'programs that print',
  );
  const [atOnce, whole, words] = await withinLimit(
    () => Promise.all([endBy('exit'), endBy('written'), wordsThatArrive()]),
    LIMIT_MS,
    'programs that print and end',
  );
  signal.throwIfAborted();
  screen.draw(`… child-output: how much memory takes the output of a program?`);
  const { file, stream } = await withinLimit(
    () => takeWatched(FILED * MIB, STREAMED * MIB),
    LIMIT_MS,
    'programs that print much',
  );
  return {
    exec: [
      counted('fits', 'exec, 1 MiB printed: bytes that came', Number(fits), 'bytes', exactly(MOST_BYTES)),
      counted(
        'beyond',
        'exec, 1 byte more: rejected with ERR_CHILD_PROCESS_STDIO_MAXBUFFER',
        Number(beyond === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'),
        'calls',
        exactly(1),
      ),
    ],
    refused: [
      counted('execfile-left', 'execFile, refused: programs still there', left.asWords, 'programs', { most: 0 }),
      // Some shells start the program beside themselves, others become it.
      counted(
        'exec-left',
        'exec, refused: programs still there, behind a shell that was killed',
        left.byShell,
        'programs',
      ),
    ],
    unread: [
      counted('unread-out', 'unread: printed until nothing moved', Math.round(unread.out / 1_024), 'KiB', {
        most: LARGE / 2_048,
      }),
      counted('unread-left', 'unread: programs still there then', Number(unread.isLeft), 'programs', exactly(1)),
      counted(
        'read-over',
        'then read: programs that ended',
        Number(unread.isOver && unread.came === LARGE),
        'programs',
        exactly(1),
      ),
      counted('ignored-over', "stdio: 'ignore': programs that ended", Number(dropped === 0), 'programs', exactly(1)),
    ],
    cut: [
      // On Windows writing to a pipe blocks, so that nothing is left when process.exit comes.
      counted(
        'cut-came',
        'process.exit after a write of 4 MiB: came',
        Math.round(atOnce.came / 1_024),
        'KiB',
        process.platform === 'win32' ? undefined : { most: LARGE / 2_048 },
      ),
      counted(
        'written-came',
        'process.exit once it is written: came',
        Math.round(whole.came / 1_024),
        'KiB',
        exactly(LARGE / 1_024),
      ),
    ],
    words: [
      counted(
        'by-shell',
        `${WORDS.length} words that a shell reads as something else: came by a shell`,
        words.byShell,
        'words',
        { most: 0 },
      ),
      counted('as-words', 'the same without a shell', words.asWords, 'words', exactly(WORDS.length)),
    ],
    memory: [
      counted('stream', `${STREAMED} MiB through a stream: memory grew by`, stream.growth, 'MiB', {
        most: STREAMED / 2,
      }),
      counted('file', `${FILED} MiB to a file descriptor: memory grew by`, file.growth, 'MiB', { most: 10 }),
    ],
    taken: [
      counted('stream-came', 'through the stream: came', stream.bytes / MIB, 'MiB', exactly(STREAMED)),
      counted('file-came', 'to the file: came', file.bytes / MIB, 'MiB', exactly(FILED)),
    ],
  };
}
