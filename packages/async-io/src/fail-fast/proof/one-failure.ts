// Many requests of which the first fails at once, with `Promise.all` and with the recipe.

import { setImmediate as turnOfTheLoop, setTimeout as sleep } from 'node:timers/promises';
import { counted, exactly } from '@cookbook/lab/claim';
import type { Figure } from '@cookbook/lab/claim';
import pLimit from 'p-limit';
import { Pool } from 'undici';
import { getDocument, StatusError } from '../../proof/get-document.ts';
import { openServer } from '../../proof/server/index.ts';
import type { TestServer } from '../../proof/server/index.ts';
import { mapLimited } from '../recipe.ts';

/** No document has that number, and the server says so at once. */
const NONE = -1;
/** ms of the others: long enough for the failure to come before any of them is answered. */
const DELAY = 200;
const REQUESTS = 60;
const AT_ONCE = 8;

type Work = (number: number, signal?: AbortSignal) => Promise<number>;
type Run = (numbers: readonly number[], work: Work, signal: AbortSignal) => Promise<number[]>;

/** What became of the requests. */
interface Seen {
  /** Under way when the failure was reported. */
  readonly running: number;
  /** Begun in all, and of those, ended by a cancel. */
  readonly begun: number;
  readonly cancelled: number;
  /** Whether the promise rejected with the error of the request that failed. */
  readonly rejected: boolean;
  /** Requests that the server saw. */
  readonly sent: number;
}

const withPromiseAll: Run = (numbers, work) => {
  const limit = pLimit(AT_ONCE);
  return Promise.all(numbers.map((number) => limit(work, number)));
};

const withMapLimited: Run = (numbers, work, signal) => mapLimited(numbers, AT_ONCE, work, signal);

/** `all-...` with Promise.all, `limited-...` with the recipe, and `answers` where nothing fails. */
export async function measureOneFailure(signal: AbortSignal): Promise<Record<'all' | 'limited' | 'answers', Figure[]>> {
  await using server = await openServer({ delay: DELAY }, signal);
  const client = new Pool(server.origin);
  try {
    const all = await runWithFailure(withPromiseAll, server, client, signal);
    const limited = await runWithFailure(withMapLimited, server, client, signal);
    return {
      all: [
        counted('all-rejected', 'Promise.all: rejects with the error', Number(all.rejected), 'times', exactly(1)),
        counted('all-running', 'Promise.all: under way when it rejects', all.running, 'requests', { least: 1 }),
        counted('all-sent', `Promise.all: sent, of ${REQUESTS}`, all.sent, 'requests', exactly(REQUESTS)),
      ],
      limited: [
        counted(
          'limited-rejected',
          'mapLimited: rejects with the error',
          Number(limited.rejected),
          'times',
          exactly(1),
        ),
        counted('limited-running', 'mapLimited: under way when it rejects', limited.running, 'requests', exactly(0)),
        counted('limited-begun', `mapLimited: begun, of ${REQUESTS}`, limited.begun, 'requests', exactly(AT_ONCE)),
        counted('limited-sent', 'mapLimited: seen by the server', limited.sent, 'requests', { most: AT_ONCE }),
        counted('limited-cancelled', 'mapLimited: cancelled', limited.cancelled, 'requests', exactly(AT_ONCE - 1)),
      ],
      answers: await runWithoutFailure(server, client, signal),
    };
  } finally {
    await client.destroy();
  }
}

async function runWithFailure(run: Run, server: TestServer, client: Pool, signal: AbortSignal): Promise<Seen> {
  await server.reset({ delay: DELAY });
  const now = { running: 0, begun: 0, cancelled: 0 };
  const work: Work = async (number, both = signal) => {
    now.begun++;
    now.running++;
    try {
      return await fetchDocument(client, number, both);
    } catch (error) {
      if (both.aborted) now.cancelled++;
      throw error;
    } finally {
      await turnOfTheLoop(); // to clean up takes a moment: one that does not wait for it rejects too early
      now.running--;
    }
  };
  const numbers = [NONE, ...numbersTo(REQUESTS - 1)];
  const rejected = await run(numbers, work, signal).then(
    () => false,
    (error: unknown) => error instanceof StatusError && error.status === 404,
  );
  signal.throwIfAborted();
  const { running } = now;
  while (now.running > 0) await sleep(5, undefined, { signal }); // what Promise.all left behind goes on by itself
  return { ...now, running, rejected, sent: (await server.counts()).requests };
}

async function runWithoutFailure(server: TestServer, client: Pool, signal: AbortSignal): Promise<Figure[]> {
  await server.reset({ delay: 5, jitter: 1 }); // answers come in another order than the requests went out
  const numbers = numbersTo(REQUESTS);
  const answers = await mapLimited(numbers, AT_ONCE, (number, both) => fetchDocument(client, number, both), signal);
  const inOrder = answers.filter((answer, index) => answer === numbers[index]).length;
  const { mostInFlight } = await server.counts();
  return [
    counted('answers', 'without a failure: answers in the order of the inputs', inOrder, 'answers', exactly(REQUESTS)),
    counted('in-flight', 'without a failure: most in flight', mostInFlight, 'requests', { most: AT_ONCE }),
  ];
}

/** Resolves with the number of the document, once its body was checked. */
async function fetchDocument(client: Pool, number: number, signal: AbortSignal): Promise<number> {
  await getDocument(client, number, signal);
  return number;
}

function numbersTo(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}
