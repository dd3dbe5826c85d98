// Requests through a rate limit and through a limit on how many are under way, to a server that refuses more than it allows
// in a second; and calls through p-queue, whose windows are fixed.

import { setTimeout as sleep } from 'node:timers/promises';
import { counted, counts, exactly, judgeBounds, shown } from '@cookbook/lab/claim';
import type { Context, Figure, Finding, Judgement } from '@cookbook/lab/claim';
import { unlessBusy, watchLoad } from '@cookbook/lab/host';
import { now } from '@cookbook/lab/task';
import pLimit from 'p-limit';
import PQueue from 'p-queue';
import { Pool } from 'undici';
import { openChild } from '../../proof/child.ts';
import type { Child } from '../../proof/child.ts';
import { RateLimit } from '../recipe.ts';
import { SENT } from './protocol.ts';
import type { ServerOptions, ServerReport } from './protocol.ts';
import { mostWithin } from './windows.ts';

const SECOND = 1_000;
const PER_SECOND = 50;
const BURST = 10;
const MOST = PER_SECOND + BURST;
const AT_ONCE = 10;
const LIMITED = 110;
const UNLIMITED = 240;
/** What the server allows: 200 ms of jitter on the way bring 10 more of 50 a second together. */
const ALLOWED: ServerOptions = { mostASecond: MOST + 10, work: 5 };
const MOST_JITTER_MS = ((ALLOWED.mostASecond - MOST) / PER_SECOND) * SECOND;
/** When the event loop is blocked, from the start, and for how long, ms. */
const BLOCKED_AT = 500;
const BLOCKED_FOR = 300;
/** Into its first window, where p-queue is given the rest, ms. */
const SEAM_AT = 700;

type Schedule = (task: () => Promise<number>) => Promise<number>;

interface Run {
  /** When requests began, ms. */
  readonly starts: readonly number[];
  readonly statuses: readonly number[];
  readonly server: ServerReport;
}

export async function measureRates({ signal, screen }: Context): Promise<Finding[]> {
  await using server = await openChild<number>(new URL('./server-child.ts', import.meta.url), signal);
  const client = new Pool(`http://127.0.0.1:${server.ready}`);
  try {
    screen.draw('… rate-limit: 50 a second, for two seconds');
    const load = watchLoad();
    const rate = new RateLimit({ perSecond: PER_SECOND, burst: BURST });
    const [limited, windows] = await Promise.all([
      send(LIMITED, (task) => rate.run(task), server, client),
      callInWindows(signal),
      blockLater(signal),
    ]);
    const unlimited = await send(UNLIMITED, pLimit(AT_ONCE), server, client);
    const busy = load();
    return [...limitedFindings(limited, busy), ...widthFindings(unlimited, busy), windowFinding(windows)];
  } finally {
    await client.destroy();
  }
}

/** Sends so many requests, all given to the limit at once. */
async function send(count: number, schedule: Schedule, server: Child<number>, client: Pool): Promise<Run> {
  await server.ask(ALLOWED);
  const starts: number[] = [];
  const request = async (): Promise<number> => {
    starts.push(performance.now());
    const { statusCode, body } = await client.request({ method: 'GET', path: '/', headers: { [SENT]: `${now()}` } });
    await body.dump();
    return statusCode;
  };
  const statuses = await Promise.all(Array.from({ length: count }, () => schedule(request)));
  return { starts, statuses, server: await server.ask<ServerReport>(ALLOWED) };
}

async function blockLater(signal: AbortSignal): Promise<void> {
  await sleep(BLOCKED_AT, undefined, { signal });
  for (const end = performance.now() + BLOCKED_FOR; performance.now() < end;);
}

/** One call opens a window of p-queue; towards its end 99 more come. */
async function callInWindows(signal: AbortSignal): Promise<readonly number[]> {
  await sleep(BLOCKED_AT + BLOCKED_FOR, undefined, { signal });
  const queue = new PQueue({ intervalCap: PER_SECOND, interval: SECOND });
  const starts: number[] = [];
  const call = (): Promise<unknown> => queue.add(() => starts.push(performance.now()));
  await call();
  await sleep(SEAM_AT, undefined, { signal });
  await Promise.all(Array.from({ length: 2 * PER_SECOND - 1 }, call));
  return starts;
}

function answered({ statuses }: Run): number {
  return statuses.filter((status) => status === 200).length;
}

/** What the limit promises is counted at the client, where it starts them: on their way they may come closer together. */
function limitedFindings(run: Run, busy: number | undefined): Finding[] {
  const most = mostWithin(run.starts, SECOND);
  const atClient = counted('limited-most', 'rate limit: most starts in any second', most, 'starts', { most: MOST });
  const reached = counted('limited-reached', 'rate limit: starts in its fullest second', most, 'starts', {
    least: PER_SECOND,
  });
  const atServer = counted(
    'limited-seen',
    'rate limit: most arrivals in any second',
    mostWithin(run.server.arrivals, SECOND),
    'requests',
  );
  return [
    counts(
      'Through the rate limit no second held more than {limited-most number} starts, though the event loop was blocked for 300 ms.',
      atClient,
      counted('limited-started', 'rate limit: started', run.starts.length, 'requests', exactly(LIMITED)),
    ),
    { figures: [reached], judgement: unlessBusy(judgeBounds([reached]), busy) },
    refusedFinding(run),
    shown('', atServer),
  ];
}

/** The server counts by its own clock: where the way to it took longer for some than it allows for, it refuses rightly. */
function refusedFinding({ server: { refused, transits } }: Run): Finding {
  const jitter = Math.max(...transits) - Math.min(...transits);
  const none = counted('limited-refused', 'rate limit: answered 429', refused, 'requests', { most: 0 });
  const judged = judgeBounds([none]);
  const reason = `${judged.reason}; some were ${jitter.toFixed(0)} ms longer on their way than others`;
  const judgement: Judgement =
    judged.verdict === 'refuted' && jitter > MOST_JITTER_MS ? { verdict: 'inconclusive', reason } : judged;
  return {
    figures: [none, counted('jitter', 'rate limit: jitter on the way to the server', Math.round(jitter), 'ms')],
    judgement,
    words: `A server that allows ${ALLOWED.mostASecond} in any second refused {limited-refused or none} of ${LIMITED}.`,
  };
}

function widthFindings(run: Run, busy: number | undefined): Finding[] {
  const figures: Figure[] = [
    counted('width-most', '10 at once: most starts in any second', mostWithin(run.starts, SECOND), 'starts', {
      least: 3 * MOST,
    }),
    counted('width-refused', '10 at once: answered 429', run.server.refused, 'requests', { least: 100 }),
  ];
  return [
    {
      figures,
      judgement: unlessBusy(judgeBounds(figures), busy),
      words: `Of ${UNLIMITED} requests, 10 at once, {width-most number} started in one second, and it refused {width-refused number}.`,
    },
    counts(
      '',
      counted(
        'width-answered',
        '10 at once: answered or refused',
        answered(run) + run.server.refused,
        'requests',
        exactly(UNLIMITED),
      ),
    ),
  ];
}

function windowFinding(starts: readonly number[]): Finding {
  const most = counted(
    'window-most',
    'p-queue, 50 in each second: most starts in any second',
    mostWithin(starts, SECOND),
    'starts',
    {
      least: 90,
    },
  );
  const words =
    "p-queue's intervalCap of 50 in each second let {window-most number} start in one second, across a seam.";
  const isLate = starts[1]! - starts[0]! > SECOND;
  if (!isLate) return counts(words, most);
  const reason = 'the calls for the seam of two windows came only after it';
  return { figures: [most], judgement: { verdict: 'inconclusive', reason } };
}
