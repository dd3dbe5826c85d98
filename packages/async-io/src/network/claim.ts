import { allHold, counted, defineClaim, formatNumber, judgeAtOnce, judgeIntervals, sampled } from '@cookbook/lab/claim';
import type { Bound, Context, Evidence, Figure } from '@cookbook/lab/claim';
import { ratioFigure } from '@cookbook/lab/speedup';
import { openServer } from '../proof/server/index.ts';
import { countConnections, REQUESTS } from './connections.ts';
import type { Connections } from './connections.ts';
import { drawConnections, drawWays, speedupPlot } from './drawing.ts';
import { compareFetch } from './fetch-cost.ts';
import { isFast, judgeFast, speedupFigure, speedupsOf } from './speedup.ts';
import { measureWays, openWays } from './trials.ts';
import type { Measured } from './trials.ts';

/** ms that a request waits at the server. */
const DELAY = 20;
const WIDTHS = [2, 4, 8, 16, 32];
/** Of the time that a request takes, the CPU time of the client may be this share. */
const MOST_CPU_SHARE = 10;
/** `fetch` builds streams and headers of the web's kind for each response. */
const LEAST_FETCH_RATIO = 1.3;

interface NetworkEvidence extends Evidence {
  readonly sequence: Measured;
  readonly judged: readonly Measured[];
  readonly counts: readonly Figure[];
  readonly ratios: readonly Figure[];
}

export default defineClaim<NetworkEvidence>({
  id: 'async-io/network',
  says: 'Use threads or async for network requests.',
  from: ['RC', 'MM', 'QA'],
  answer:
    'Async, on one thread: requests that wait 20 ms are answered 8 times as fast with 8 in flight and 32 times with 32, to within 10 %, and the CPU time of a request is under a tenth of the time that it takes. Over HTTP/1.1 a connection carries one request at a time, over HTTP/2 one carries all.',

  async measure(context: Context) {
    const { signal, screen } = context;
    await using server = await openServer({ delay: DELAY }, signal, { http2: true });
    screen.draw('… network: one after another, and many in flight');
    const measured = await measure(server, context);
    screen.draw('… network: connections, and fetch against request');
    const connections = await countConnections(server);
    const fetchCost = await compareFetch(server, { ...context, budget: Math.min(context.budget, 1_500) });

    const [sequence, ...others] = measured as [Measured, ...Measured[]];
    const judged = others.slice(0, WIDTHS.length);
    const speedups = judged.map((way) => speedupFigure(way, sequence));
    const ratios = [
      cpuShare(sequence),
      ratioFigure('CPU time of fetch / request', fetchCost, { least: LEAST_FETCH_RATIO }),
    ];
    const counts = countsOf(measured, connections);
    const [eight, most] = [speedups.at(WIDTHS.indexOf(8))!, speedups.at(-1)!];
    return {
      sequence,
      judged,
      counts,
      ratios,
      headline: `${formatNumber(eight.median)}x with 8 in flight, ${formatNumber(most.median)}x with ${WIDTHS.at(-1)}; CPU time ${formatNumber(ratios[0]!.median)} % of a request's time; fetch takes ${formatNumber(ratios[1]!.median)}x the CPU time of request`,
      figures: [
        ...speedups,
        ...others.slice(WIDTHS.length).map((way) => sampled(`${way.name}: speedup`, speedupsOf(way, sequence), 'x')),
        ...ratios,
        ...counts,
      ],
      notes: [
        `A request waits ${DELAY} ms at a server of its own process on the loopback. CPU time is that of this process:`,
        drawWays(measured),
        `${REQUESTS} requests asked for at once, and what each client made of them, as the server counts it:`,
        drawConnections(connections),
      ],
      plots: [speedupPlot(sequence, judged)],
    };
  },

  judge: ({ sequence, judged, counts, ratios }) =>
    allHold([...judged.map((way) => judgeFast(way, sequence)), ...counts.map(judgeAtOnce), judgeIntervals(ratios)]),
});

async function measure(server: Parameters<typeof openWays>[0], context: Context): Promise<Measured[]> {
  const { ways, close } = openWays(server, WIDTHS);
  const enough = ([sequence, ...others]: readonly Measured[]): boolean =>
    others.slice(0, WIDTHS.length).every((way) => isFast(way, sequence!));
  try {
    return await measureWays(server, ways, context, [3, 4], enough);
  } finally {
    await close();
  }
}

const exactly = (count: number): Bound => ({ least: count, most: count });

/** CPU time of the client for a request, of the time that one takes when it is alone, %. */
function cpuShare({ trials }: Measured): Figure {
  const shares = trials.map(({ cpu, wall }) => (100 * cpu) / wall);
  return sampled("in sequence: CPU time of a request's time", shares, '%', { most: MOST_CPU_SHARE });
}

function countsOf(measured: readonly Measured[], connections: readonly Connections[]): Figure[] {
  const most = measured.map(({ name, inFlight, trials }) => {
    const seen = Math.max(...trials.map(({ mostInFlight }) => mostInFlight));
    return counted(`${name}: most in flight at the server`, seen, 'requests', exactly(inFlight));
  });
  const expected = [1, 8, REQUESTS, REQUESTS, 1];
  const sockets = connections.map(({ name, sockets: count }, index) =>
    counted(`${name}: connections for ${REQUESTS} requests`, count, 'sockets', exactly(expected[index]!)),
  );
  return [...most.slice(0, -1), ...sockets];
}
