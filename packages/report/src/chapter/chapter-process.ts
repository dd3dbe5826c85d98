// The runner's side of a chapter's process: starts it, asks it for one claim after another, and outlives its crashes.

import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Screen } from '@cookbook/lab/claim';
import type { JsonClaim } from '@cookbook/lab/show';
import type { ChapterWords, FromChapter, ToChapter } from './messages.ts';

/** A chapter's process that died, could not be read or took too long: its message says which. */
export class ChapterError extends Error {
  override readonly name = 'ChapterError';
  /** Whether it was killed because its time was over. */
  readonly late: boolean;

  constructor(message: string, late = false) {
    super(message);
    this.late = late;
  }
}

export interface Measured {
  readonly claim: JsonClaim;
  /** MiB, of the chapter's process. */
  readonly peakMemory?: number;
}

/** Where the chapter's process draws. */
type Drawing = Pick<Screen, 'draw' | 'print'>;

export interface ChapterProcess {
  readonly words: ChapterWords;
  /**
   * Verifies one claim; one at a time.
   *
   * @param limit ms after which the process is killed
   * @throws ChapterError where the process dies or is killed meanwhile; it is of no use any more then
   */
  run(order: ToChapter, limit: number, screen: Drawing): Promise<Measured>;
  /** Ends the process and waits for its end. */
  close(): Promise<void>;
}

const CHILD = new URL('./chapter-child.ts', import.meta.url);

/** A chapter that takes longer to be read waits for something that does not come. */
const LOAD_LIMIT_MS = 30_000;

/** How long an ending process may take to put its own children and folders away. */
const END_LIMIT_MS = 3_000;

/**
 * Starts the process of a chapter.
 *
 * @param claims URL of its claims.ts
 * @throws ChapterError where the chapter cannot be read
 */
export async function openChapter(claims: URL): Promise<ChapterProcess> {
  // Plain Node, whatever loader this process has; stdin is the lifeline; what it prints is not the runner's output.
  const child = fork(CHILD, [claims.href], { execArgv: [], stdio: ['pipe', 'pipe', 'pipe', 'ipc'] });
  const mailbox = new Mailbox(child);
  try {
    const words = await mailbox.wait(LOAD_LIMIT_MS, (message) => {
      if (message.kind === 'failure') throw new ChapterError(message.reason);
      return message.kind === 'words' ? message.words : undefined;
    });
    return {
      words,
      run(order, limit, screen) {
        child.send(order, () => {}); // one that cannot be reached has died, and `wait` sees that
        return mailbox.wait(limit, (message) => {
          if (message.kind === 'draw') screen.draw(message.frame);
          if (message.kind === 'print') screen.print(message.text);
          return message.kind === 'claim' ? message : undefined;
        });
      },
      close: () => close(child),
    };
  } catch (error) {
    await close(child);
    throw error;
  }
}

/** Hears what a process says, and of its end. */
class Mailbox {
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  #lastWords = '';

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on('error', () => {}); // 'exit' or the limit reports it
    child.stdout!.resume();
    child.stderr!.on('data', (text: Buffer) => (this.#lastWords = (this.#lastWords + text.toString()).slice(-4_000)));
    this.#gone = endOf(child);
  }

  /** The first message that `read` makes something of; what it throws is thrown. */
  wait<T>(limit: number, read: (message: FromChapter) => T | undefined): Promise<T> {
    const child = this.#child;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const ended = (): void => reject(new ChapterError(this.#describeEnd()));
    const hear = (message: unknown): void => {
      try {
        const answer = read(message as FromChapter);
        if (answer !== undefined) resolve(answer);
      } catch (error) {
        reject(error);
      }
    };
    const timer = setTimeout(() => {
      reject(new ChapterError(`no verdict within ${limit / 1_000} s`, true));
      child.kill('SIGKILL');
    }, limit);
    child.on('message', hear);
    void this.#gone.then(ended);
    return promise.finally(() => {
      clearTimeout(timer);
      child.off('message', hear);
    });
  }

  #describeEnd(): string {
    const { signalCode, exitCode } = this.#child;
    return `its process ended with ${signalCode ?? `exit code ${exitCode}`}: ${errorLine(this.#lastWords)}`;
  }
}

/** Of a stack the line that names the error, otherwise the last line. */
function errorLine(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.find((line) => /^(\w*Error\b|FATAL)/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Resolves when a process has ended and its last words have come, or will not: what it started may hold its pipes. */
async function endOf(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  await once(child, 'exit');
  await Promise.race([closed, sleep(200)]);
  child.stdout!.destroy();
  child.stderr!.destroy();
}

async function close(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
  if (child.connected) child.disconnect();
  await gone;
  clearTimeout(timer);
}
