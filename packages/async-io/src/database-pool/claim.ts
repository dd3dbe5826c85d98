import { allHold, counted, defineClaim, formatNumber, judgeBounds, judgeIntervals } from '@cookbook/lab/claim';
import type { Context, Evidence, Judgement } from '@cookbook/lab/claim';
import { unlessBusy, watchLoad } from '@cookbook/lab/host';
import { judgeTally } from '@cookbook/lab/race';
import { asNote, logChart } from '@cookbook/lab/show';
import { openPostgres, postgresLack, PostgresUnavailable } from '../proof/postgres/index.ts';
import { measureBlocking } from './blocking.ts';
import type { Blocking } from './blocking.ts';
import { measureQueries } from './queries.ts';
import type { Queries } from './queries.ts';
import { BROKEN, LOST, measureRaces } from './races.ts';
import type { Races } from './races.ts';

interface Seen {
  readonly queries: Queries;
  readonly races: Races;
  readonly blocking: Blocking;
  /** Share of all cores' time that was busy, from 0 to 1. */
  readonly load: number | undefined;
}

interface DatabaseEvidence extends Evidence {
  /** What was seen, or why there was no PostgreSQL to see it with. */
  readonly seen: Seen | { readonly lack: string };
}

export default defineClaim<DatabaseEvidence>({
  id: 'async-io/database',
  says: 'Use threads for database operations.',
  from: ['MM', 'QA'],
  answer:
    'Waiting for a database needs connections, not threads: 200 queries of 10 ms through a pool of 10 gain at least 5x, near 10x, on one thread. A transaction that reads and then writes loses updates; `for update`, serializable with a retry, or one statement loses none. Only a synchronous driver stops the event loop, and belongs in a worker.',
  needs: [() => postgresLack()],

  async measure(context: Context) {
    try {
      return await measureAll(context);
    } catch (error) {
      if (!(error instanceof PostgresUnavailable)) throw error;
      return { seen: { lack: error.message }, figures: [counted('PostgreSQL that could be measured', 0, 'servers')] };
    }
  },

  judge({ seen }): Judgement {
    if ('lack' in seen) return { verdict: 'cannot-show', reason: seen.lack };
    const { queries, races, blocking, load } = seen;
    return allHold([
      judgeBounds({ figures: queries.counts }),
      unlessBusy(judgeIntervals(queries.timed), load),
      ...[...races.tallies].map(([way, outcomes]) => judgeTally(outcomes, way === BROKEN ? LOST : undefined)),
      unlessBusy(judgeIntervals(blocking.shares), load),
    ]);
  },
});

async function measureAll(context: Context): Promise<DatabaseEvidence> {
  context.screen.draw('… database: PostgreSQL starts');
  await using postgres = await openPostgres({ signal: context.signal });
  const { connection, place } = postgres;
  const loadSince = watchLoad();
  const queries = await measureQueries(connection, context);
  const races = await measureRaces(connection, context);
  const blocking = await measureBlocking(connection, context);
  return describe({ queries, races, blocking, load: loadSince() }, place, context.screen.columns);
}

function describe(seen: Seen, place: string, columns: number): DatabaseEvidence {
  const { queries, races, blocking } = seen;
  const stops = Object.entries(blocking.stops).map(([driver, { median }]) => `${driver} ${median.toFixed(0)} ms`);
  const lost = [...races.lost].map(([way, { median }]) => `${way} ${median.toFixed(0)}%`);
  const { sweep } = queries;
  const chart = logChart([{ name: 'speedup', points: sweep.map(({ size, speedup }) => ({ x: size, y: speedup })) }], {
    columns: Math.max(40, columns - 4),
    rows: 8,
    formatX: String,
    formatY: (speedup) => `${speedup}x`,
    ticksX: sweep.map(({ size }) => size),
  });
  return {
    seen,
    headline: `200 queries of 10 ms through a pool of 10: ${formatNumber(queries.timed[0]!.median)}x; updates lost: ${lost.join(', ')}; longest stop of the event loop: ${stops.join(', ')}`,
    figures: [
      ...queries.timed,
      ...queries.counts,
      ...races.figures,
      ...blocking.shares,
      ...Object.values(blocking.stops),
    ],
    notes: [`On ${place}. Speedup by the connections of the pool:`, asNote(chart)],
    plots: [queries.plot],
  };
}
