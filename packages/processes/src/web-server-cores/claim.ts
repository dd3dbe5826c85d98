import { allHold, counted, defineClaim, formatNumber, judgeBounds } from '@cookbook/lab/claim';
import type { Context, Evidence, Figure } from '@cookbook/lab/claim';
import { usableCores } from '@cookbook/lab/host';
import { asNote, table } from '@cookbook/lab/show';
import { isSettled, judgeParallel, measureSpeedup, speedupFigures } from '@cookbook/lab/speedup';
import type { Speedup } from '@cookbook/lab/speedup';
import { calibrate } from '@cookbook/lab/task';
import { killOne, restartAll, serve } from './episodes.ts';
import type { Episode } from './episodes.ts';
import { serverLanes } from './lanes.ts';
import type { LoadResult } from './load.ts';
import { GAVE_UP } from './request.ts';

/** CPU time of a request under load, ms. */
const REQUEST_MS = 8;

interface Seen extends Episode {
  readonly name: string;
}

interface ServerEvidence extends Evidence {
  readonly speedup: Speedup;
  readonly counts: readonly Figure[];
}

export default defineClaim<ServerEvidence>({
  id: 'processes/web-server-cores',
  says: 'Use all cores for a server.',
  from: ['QA'],
  answer:
    'A cluster of a worker a core answers requests that compute close to 1x per core; when a worker is killed it is replaced and no request at another worker is lost, and a restart of all workers loses none if they drain.',

  async measure(context: Context) {
    const { screen, signal } = context;
    const workers = Math.max(2, usableCores());
    screen.draw(`… web-server-cores: how much faster are ${workers} workers than one?`);
    const speedup = await measureSpeedup({ open: serverLanes, lanes: workers, context, enough: isSettled });

    const traffic = { workers, connections: 4 * workers, unit: calibrate('primes', REQUEST_MS) };
    const watch = async (name: string, episode: () => Promise<Episode>): Promise<Seen> => {
      signal.throwIfAborted();
      screen.draw(`… web-server-cores: load on ${name}`);
      return { name, ...(await episode()) };
    };
    const one = await watch('1 worker', () => serve({ ...traffic, workers: 1 }));
    const many = await watch(`${workers} workers`, () => serve(traffic));
    const killed = await watch(`${workers}, one killed`, () => killOne(traffic));
    const disconnected = await watch(`${workers}, disconnected`, () => restartAll(traffic, 'disconnect'));
    const restarted = await watch(`${workers}, drained`, () => restartAll(traffic, 'drain'));

    const counts = countsOf(workers, many, killed, restarted);
    const figures = speedupFigures(speedup, `${workers} workers`, 'parallel');
    return {
      speedup,
      counts,
      headline: `speedup of ${workers} workers ${formatNumber(figures[0]!.median)}x; requests lost: ${killed.lostElsewhere} at other workers when one is killed, ${restarted.load.failed.length} in a restart, ${disconnected.load.failed.length} in one without draining`,
      figures: [
        ...figures,
        ...counts,
        counted('the same by disconnect() alone: requests lost', disconnected.load.failed.length, 'requests'),
        ...loadFigures(workers, one.load, many.load),
      ],
      notes: [
        `Under load ${traffic.connections} connections each send the next request when the one before is answered; a request takes about ${REQUEST_MS} ms of CPU time. The load runs on the same cores, so its figures are told and not judged:`,
        drawLoads([one, many, killed, disconnected, restarted]),
      ],
    };
  },

  judge: ({ speedup, counts }) => allHold([judgeParallel(speedup), judgeBounds({ figures: counts })]),
});

function countsOf(workers: number, many: Seen, killed: Seen, restarted: Seen): Figure[] {
  return [
    counted('workers that answered under load', Object.keys(many.load.byPid).length, 'workers', { least: workers }),
    counted('requests lost under load', many.load.failed.length, 'requests', { most: 0 }),
    counted('a worker killed: requests lost at other workers', killed.lostElsewhere, 'requests', { most: 0 }),
    counted('a worker killed: requests lost at itself', killed.load.failed.length - killed.lostElsewhere, 'requests'),
    counted('of those, on their way to it, and never answered until the client gave up', gaveUp(killed), 'requests'),
    counted('a worker killed: workers that listen in its place', killed.replacements, 'workers', { least: 1, most: 1 }),
    counted('a restart: requests lost', restarted.load.failed.length, 'requests', { most: 0 }),
    counted('a restart: new workers', restarted.replacements, 'workers', { least: workers }),
    counted('a restart: old workers that are still there', restarted.left, 'workers', { most: 0 }),
  ];
}

function gaveUp({ load }: Seen): number {
  return load.failed.filter(({ reason }) => reason === GAVE_UP).length;
}

function loadFigures(workers: number, one: LoadResult, many: LoadResult): Figure[] {
  return [
    counted(`requests a second, ${workers} workers / 1`, perSecond(many) / perSecond(one), 'x'),
    counted(`requests a second of CPU time, ${workers} workers / 1`, perCpuSecond(many) / perCpuSecond(one), 'x'),
  ];
}

function perSecond({ answered, wall }: LoadResult): number {
  return (1_000 * answered) / wall;
}

function perCpuSecond({ answered, cpu }: LoadResult): number {
  return (1_000 * answered) / cpu;
}

function drawLoads(loads: readonly Seen[]): string {
  const rows = loads.map(({ name, load }) => ({
    'load on': name,
    requests: formatNumber(load.answered),
    lost: formatNumber(load.failed.length),
    'a second': formatNumber(perSecond(load)),
    'a second of CPU': formatNumber(perCpuSecond(load)),
    'cores busy': formatNumber(load.cpu / load.wall),
    'p50 ms': formatNumber(load.median),
    'p99 ms': formatNumber(load.p99),
  }));
  return asNote(table(rows, Object.keys(rows[0]!).slice(1)).split('\n'));
}
